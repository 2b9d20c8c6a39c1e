"""Records in, files out: one format a module. Imports nothing of ours."""
