"""The only place of `select`. A query says in its name what comes back."""
