"""What a worker of Dask loads first in a soak (DASK_DISTRIBUTED__WORKER__PRELOAD): the services of the suite."""

from .services import replace

replace()
