"""Fact-check annotation workbench: articles into claims, claims into reviewed, exportable data."""

__version__ = "0.1.0"
