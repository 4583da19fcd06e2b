using SpexStream.Domain.Leases;

namespace SpexStream.Tests.Leases;

/// <summary>Three nodes that want the same lease, each with a monotonic clock that began at another time and runs a
/// little off, and a journal with a clock of its own. Answers take their time or are lost; nodes stand still and wake
/// up.</summary>
internal sealed class LeaseWorld
{
    private const double Step = 0.05;
    private readonly Random _random;
    private readonly LeaseTerms _terms;
    private readonly Node[] _nodes;
    private (int Node, long Epoch, double Until) _lease = (-1, 0, double.NegativeInfinity);
    private long _epoch;

    public LeaseWorld(int seed, LeaseTerms terms)
    {
        (_random, _terms) = (new Random(seed), terms);
        _nodes = [.. Enumerable.Range(0, 3).Select(i => new Node(
            i, _random.NextDouble() * 1e6, 1 + ((_random.NextDouble() - 0.5) * 0.01)))];
    }

    /// <summary>How often a node began to work.</summary>
    public int Starts => _nodes.Sum(node => node.Starts);

    /// <summary>When two nodes believed to own the lease; null for never.</summary>
    public double? Play(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            var now = i * Step;
            foreach (var node in _nodes)
            {
                Move(node, now);
            }

            // The one that stands still writes nothing; when it wakes up it looks at its clock first.
            if (_nodes.Count(node => node.AsleepUntil <= now
                && node.State is LeaseState.Owning owning && node.Clock(now) < owning.SafeUntil.TotalSeconds) > 1)
            {
                return now;
            }
        }

        return null;
    }

    private void Move(Node node, double now)
    {
        if (now < node.AsleepUntil)
        {
            return;
        }

        if (_random.Next(400) == 0)
        {
            node.AsleepUntil = now + (_random.NextDouble() * 20);
            return;
        }

        Give(node, _random.Next(300) == 0 ? new LeaseInput.GiveUp() : new LeaseInput.Want(), now);
        while (node.Answers.TryPeek(out _, out var due) && due <= now)
        {
            Give(node, node.Answers.Dequeue(), now);
        }

        Give(node, new LeaseInput.Tick(), now);
    }

    private void Give(Node node, LeaseInput input, double now)
    {
        (node.State, var effects) = LeaseLife.Step(node.State, input, TimeSpan.FromSeconds(node.Clock(now)), _terms);
        foreach (var effect in effects)
        {
            // The journal acts at once or not at all, and its answer is on its way for a while.
            var reaches = _random.Next(10) > 0;
            switch (effect)
            {
                case LeaseEffect.Ask ask:
                    Answer(node, now, reaches ? Ask(node, now, ask.At) : new LeaseInput.NoAnswer());
                    break;
                case LeaseEffect.Renew renew:
                    Answer(node, now, reaches ? Renew(node, now, renew) : new LeaseInput.NoAnswer());
                    break;
                case LeaseEffect.Release release when reaches && _lease.Epoch == release.Epoch:
                    _lease.Until = now;
                    break;
                case LeaseEffect.Start:
                    node.Starts++;
                    break;
                case LeaseEffect.Cease cease:
                    Answer(node, now, new LeaseInput.Stopped(cease.Epoch));
                    break;
            }
        }
    }

    private LeaseInput Ask(Node node, double now, TimeSpan askedAt)
    {
        if (_lease.Node != node.Index && _lease.Until > now)
        {
            return new LeaseInput.HeldByOther(TimeSpan.FromSeconds(_lease.Until - now));
        }

        _lease = (node.Index, ++_epoch, now + _terms.Term.TotalSeconds);
        return new LeaseInput.Granted(_epoch, askedAt);
    }

    private LeaseInput Renew(Node node, double now, LeaseEffect.Renew renew)
    {
        if (_lease.Node != node.Index || _lease.Epoch != renew.Epoch || _lease.Until <= now)
        {
            return new LeaseInput.Refused(renew.Epoch);
        }

        _lease.Until = now + _terms.Term.TotalSeconds;
        return new LeaseInput.Renewed(renew.Epoch, renew.At);
    }

    private void Answer(Node node, double now, LeaseInput answer) =>
        node.Answers.Enqueue(answer, now + (_random.Next(8) == 0 ? _random.NextDouble() * 12 : _random.NextDouble()));

    private sealed class Node(int index, double offset, double rate)
    {
        public int Index => index;

        public LeaseState State { get; set; } = LeaseLife.Beginning;

        public PriorityQueue<LeaseInput, double> Answers { get; } = new();

        public double AsleepUntil { get; set; }

        public int Starts { get; set; }

        public double Clock(double now) => offset + (now * rate);
    }
}
