using Akka.Actor;
using Akka.Cluster;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SpexStream.Actors.Nodes;

/// <summary>The actor system of this process and its place in the cluster, from the start to the end.</summary>
internal sealed class ActorNode
{
    private readonly ServiceProvider _services;
    private readonly IHostedService _host;
    private readonly ActorSystem _system;
    private readonly TaskCompletionSource _removed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ActorNode(ServiceProvider services, IHostedService host, ActorSystem system)
    {
        (_services, _host, _system) = (services, host, system);
        Cluster.Get(system).RegisterOnMemberRemoved(() => _removed.TrySetResult());
    }

    /// <summary>The system.</summary>
    public ActorSystem System => _system;

    /// <summary>The actors that were registered by type.</summary>
    public IReadOnlyActorRegistry Actors => ActorRegistry.For(_system);

    /// <summary>Ends when the system has ended, however it came to that.</summary>
    public Task Ended => _system.WhenTerminated;

    /// <summary>Starts a system.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="alone">Whether it is a cluster of its own.</param>
    /// <param name="loggers">Where actors log.</param>
    /// <param name="configure">What it consists of.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<ActorNode> StartAsync(
        string name, bool alone, ILoggerFactory loggers, Action<AkkaConfigurationBuilder> configure,
        CancellationToken cancellation)
    {
        var services = new ServiceCollection().AddSingleton(loggers).AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddSingleton<IHostApplicationLifetime, NodeLifetime>()
            .AddAkka(name, (builder, _) => configure(builder))
            .BuildServiceProvider();
        try
        {
            var host = services.GetServices<IHostedService>().Single();
            await host.StartAsync(cancellation);
            var system = services.GetRequiredService<ActorSystem>();
            if (alone)
            {
                // A port that the system chose for itself is known only now.
                var cluster = Cluster.Get(system);
                cluster.Join(cluster.SelfAddress);
            }

            return new(services, host, system);
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops taking, hands shards over, leaves the cluster and ends (coordinated shutdown). With devices that
    /// hang in a read the system never ends: then it is enough to have left, so that others need not miss this node,
    /// and the rest is left to the end of the process.</summary>
    /// <param name="mayHang">Whether some do.</param>
    /// <param name="patience">How often that is looked at, and how long the end is still waited for then.</param>
    /// <param name="time">The clock.</param>
    public async Task LeaveAsync(Func<bool> mayHang, TimeSpan patience, TimeProvider time)
    {
        var leaving = _host.StopAsync(CancellationToken.None);
        while (!leaving.IsCompleted && !(mayHang() && _removed.Task.IsCompleted))
        {
            await Task.WhenAny(leaving, Task.Delay(patience, time));
        }

        if (!mayHang())
        {
            await leaving;
            await _services.DisposeAsync();
        }
        else
        {
            await Task.WhenAny(leaving, Task.Delay(patience, time));
        }
    }
}
