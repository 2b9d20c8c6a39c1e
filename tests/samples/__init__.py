"""Tests of the articles that come with the workbench."""
