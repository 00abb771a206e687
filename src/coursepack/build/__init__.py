"""Runs a plan: scheduling, executors, packing."""
