"""A span of days at once, on Dask: gather → embed and classify → remember → write → publish.

One process asks the sources, owns the memory and publishes; workers compute. What a day starts from is looked up in
order, while every day after it is unknown to the memory; what the days before have become by the time a day is
published, such as whether they are complete, is looked up once more then. So a day has the report that it would have
had, had the days been run one after the other.
"""
