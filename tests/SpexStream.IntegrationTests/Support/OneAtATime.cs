using Xunit;

// Each of these tests is several processes that watch each other's time. Two tests at once on a machine of few cores
// would measure the machine: a node that is not scheduled for some seconds is rightly given up by the others.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
