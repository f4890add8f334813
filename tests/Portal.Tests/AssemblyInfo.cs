// One browser at a time: the machine has two cores, and they are shared.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
