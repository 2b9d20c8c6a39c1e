"""Benchmarks, as ratios: figures depend on the machine, ratios hardly; no test reads them."""
