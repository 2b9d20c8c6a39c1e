"""Rules of the work, pure: label schemes, evidence checks, agreement."""
