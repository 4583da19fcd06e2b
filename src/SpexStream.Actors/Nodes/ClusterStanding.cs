using Akka.Actor;
using Akka.Cluster;

namespace SpexStream.Actors.Nodes;

/// <summary>How this node stands among the others right now. Safe for use from several threads.</summary>
internal sealed class ClusterStanding
{
    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Cluster? _cluster;
    private volatile bool _hasLeft;
    private int _others;

    /// <summary>Ends when this node belongs to a cluster for the first time.</summary>
    public Task Joined => _joined.Task;

    /// <summary>Other nodes that hold scenes and can be reached; after the end, how many there were.</summary>
    public int Others => _hasLeft || _cluster is not { } cluster ? Volatile.Read(ref _others) : Count(cluster);

    /// <summary>Whether this node belongs to a cluster and has not left it.</summary>
    public bool IsIn => !_hasLeft && _cluster is { SelfMember.Status: MemberStatus.Up };

    /// <summary>Whether this node reaches no more than half of the nodes: it may be the side of a split that does not
    /// go on. Until that is decided it opens no scene.</summary>
    public bool IsCutOff
    {
        get
        {
            if (_hasLeft || _cluster is not { } cluster)
            {
                return false;
            }

            var state = cluster.State;
            var members = state.Members.Count(IsCounted);
            return 2 * (members - state.Unreachable.Count(IsCounted)) <= members && members > 1;
        }
    }

    /// <summary>The system has started.</summary>
    public void Begin(ActorSystem system)
    {
        var cluster = Cluster.Get(system);
        _cluster = cluster;
        cluster.RegisterOnMemberUp(() => _joined.TrySetResult());
    }

    /// <summary>The node leaves, or was thrown out.</summary>
    public void End()
    {
        Volatile.Write(ref _others, Others);
        _hasLeft = true;
    }

    private static bool IsCounted(Member member) => member.Status is MemberStatus.Up or MemberStatus.Leaving;

    private static int Count(Cluster cluster)
    {
        var state = cluster.State;
        return state.Members.Count(member => member.Status == MemberStatus.Up
            && member.HasRole(NodeOptions.ScenesRole) && member.UniqueAddress != cluster.SelfUniqueAddress
            && !state.Unreachable.Contains(member));
    }
}
