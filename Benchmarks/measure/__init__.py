"""Measures Hallmark beside its baselines."""
