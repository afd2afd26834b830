"""A batch on many machines: the same function for each scenario, run by the workers of a Dask cluster.

Only the files in here know Dask, and nobody imports them before a cluster is asked for.
"""
