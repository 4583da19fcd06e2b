using SpexStream.Domain.Leases;

namespace SpexStream.Tests.Leases;

/// <summary>Three nodes that want the same lease, each with a monotonic clock that began at another time and runs a
/// little off, and a journal with a clock of its own. Questions arrive late, or when nobody waits for their answer any
/// more, or never; answers take their time or are lost; nodes stand still and wake up.</summary>
internal sealed class LeaseWorld
{
    private const double Step = 0.05;
    private readonly Random _random;
    private readonly LeaseTerms _terms;
    private readonly Node[] _nodes;
    private readonly PriorityQueue<Action<double>, double> _acts = new();
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

    /// <summary>When two nodes believed to own the lease, or one had asked twice for it and had no answer; null for
    /// never.</summary>
    public double? Play(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            var now = i * Step;
            Act(now);
            foreach (var node in _nodes)
            {
                Move(node, now);
            }

            // The one that stands still writes nothing; when it wakes up it looks at its clock first.
            if (_nodes.Count(node => node.AsleepUntil <= now
                && node.State is LeaseState.Owning owning && node.Clock(now) < owning.SafeUntil.TotalSeconds) > 1
                || _nodes.Any(node => node.Asked > 1))
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
            var (answer, told) = node.Answers.Dequeue();
            told();
            Give(node, answer, now);
        }

        Give(node, new LeaseInput.Tick(), now);
    }

    private void Give(Node node, LeaseInput input, double now)
    {
        (node.State, var effects) = LeaseLife.Step(node.State, input, TimeSpan.FromSeconds(node.Clock(now)), _terms);
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case LeaseEffect.Ask ask:
                    node.Asked++;
                    Question(node, now, ask.At, arrived => Ask(node, arrived, ask.At), () => node.Asked--);
                    break;
                case LeaseEffect.Renew renew:
                    Question(node, now, renew.At, arrived => Renew(node, arrived, renew), () => { });
                    break;
                case LeaseEffect.Release release when _random.Next(10) > 0:
                    _acts.Enqueue(arrived => Release(release.Epoch, arrived), now + Delay());
                    break;
                case LeaseEffect.Start:
                    node.Starts++;
                    break;
                case LeaseEffect.Cease cease:
                    Answer(node, now, new LeaseInput.Stopped(cease.Epoch), () => { });
                    break;
            }
        }
    }

    private void Act(double now)
    {
        while (_acts.TryPeek(out _, out var due) && due <= now)
        {
            _acts.Dequeue()(now);
        }
    }

    // The journal may act upon a question after it was given up, and its answer may be lost when it has.
    private void Question(Node node, double now, TimeSpan askedAt, Func<double, LeaseInput> act, Action told)
    {
        var fate = _random.Next(10);
        if (fate == 0)
        {
            Answer(node, now, new LeaseInput.NoAnswer(askedAt), told);
            return;
        }

        if (fate == 1)
        {
            Answer(node, now, new LeaseInput.NoAnswer(askedAt), told);
            _acts.Enqueue(arrived => act(arrived), now + Delay());
            return;
        }

        _acts.Enqueue(
            arrived =>
            {
                var answer = act(arrived);
                Answer(node, arrived, fate == 2 ? new LeaseInput.NoAnswer(askedAt) : answer, told);
            },
            now + Delay());
    }

    private void Release(long epoch, double now)
    {
        if (_lease.Epoch == epoch)
        {
            _lease.Until = now;
        }
    }

    private LeaseInput Ask(Node node, double now, TimeSpan askedAt)
    {
        if (_lease.Node != node.Index && _lease.Until > now)
        {
            return new LeaseInput.HeldByOther(TimeSpan.FromSeconds(_lease.Until - now), askedAt);
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

    private void Answer(Node node, double now, LeaseInput answer, Action told) =>
        node.Answers.Enqueue((answer, told), now + Delay());

    private double Delay() => _random.Next(8) == 0 ? _random.NextDouble() * 12 : _random.NextDouble();

    private sealed class Node(int index, double offset, double rate)
    {
        public int Index => index;

        public LeaseState State { get; set; } = LeaseLife.Beginning;

        public PriorityQueue<(LeaseInput Answer, Action Told), double> Answers { get; } = new();

        public double AsleepUntil { get; set; }

        public int Starts { get; set; }

        /// <summary>Questions for the lease that wait for an answer.</summary>
        public int Asked { get; set; }

        public double Clock(double now) => offset + (now * rate);
    }
}
