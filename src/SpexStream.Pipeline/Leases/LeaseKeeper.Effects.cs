using System.Collections.Immutable;
using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Leases;

/// <summary>What follows from a decision.</summary>
public sealed partial class LeaseKeeper
{
    // Under the lock: who looks finds the right and the work that belong together.
    private void Note(LeaseEntry entry, LeaseEffect effect, LeaseTasks tasks)
    {
        switch (effect)
        {
            case LeaseEffect.Ask ask:
                tasks.Asked.Add((entry.Key, ask.At));
                break;
            case LeaseEffect.Renew renew:
                tasks.Renewed.Add((new(entry.Key, renew.Epoch), renew.At));
                break;
            case LeaseEffect.Release release:
                tasks.Released.Add(new(entry.Key, release.Epoch));
                _goingBack.Add(tasks.Back.Task);
                break;
            case LeaseEffect.Start:
                var tenure = entry.Begin(tasks.Writer, _time);
                tasks.Started.Add((entry, tenure));
                entry.Running = WorkAsync(entry, tenure);
                break;
            case LeaseEffect.Cease cease:
                tasks.Ceased.Add((entry, cease.Epoch, entry.End(), cease.End));
                break;
        }
    }

    private void CarryOut(LeaseTasks tasks)
    {
        foreach (var (entry, tenure) in tasks.Started)
        {
            _notes.OnOwned(entry.Key, tenure.Writer is { OpenedAfter: > 0 });
        }

        foreach (var (entry, epoch, ended, why) in tasks.Ceased)
        {
            _notes.OnEnded(entry.Key, why);
            _ = StopAsync(entry, epoch, ended, why);
        }

        foreach (var (key, at) in tasks.Asked)
        {
            _ = AskAsync(key, at);
        }

        if (tasks.Renewed.Count > 0)
        {
            _ = RenewAsync([.. tasks.Renewed]);
        }

        if (tasks.Released.Count > 0)
        {
            _ = ReleaseAsync(tasks);
        }
    }

    private async Task WorkAsync(LeaseEntry entry, SceneTenure tenure)
    {
        // Begun under the lock, goes on outside of it.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var isFailed = false;
        try
        {
            await entry.Work.RunAsync(tenure);
        }
        catch (OperationCanceledException) when (tenure.Ended.IsCancellationRequested)
        {
            // The right has ended, and the work with it.
        }
        catch (Exception fault)
        {
            // The top of the work: it is told, and another node may do better.
            _notes.OnFault(entry.Key, fault);
            isFailed = true;
        }

        if (!tenure.Ended.IsCancellationRequested)
        {
            // What this node is to do always it does again after a while, should no other one.
            Take(entry.Key, _ => isFailed || entry.IsStanding
                ? new LeaseInput.Failed(entry.IsStanding) : new LeaseInput.GiveUp());
        }
    }

    private async Task StopAsync(LeaseEntry entry, long epoch, TenureEnd ended, LeaseEnd why)
    {
        await TellAsync(ended.TellAsync(why, _terms.Margin));
        await entry.Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await entry.Work.StoppedAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await TellAsync(ended.CloseAsync());
        Take(entry.Key, _ => new LeaseInput.Stopped(epoch));

        async Task TellAsync(Task telling)
        {
            try
            {
                await telling;
            }
            catch (Exception fault)
            {
                // Somebody who was told broke; the others know, and the work comes to its end.
                _notes.OnFault(entry.Key, fault);
            }
        }
    }

    private async Task AskAsync(LeaseKey key, TimeSpan at)
    {
        JournalDamagedException? damage = null;
        var asked = TryAsync<LeaseAnswer>(async () =>
        {
            try
            {
                return await _leases.AskAsync(key, _terms.Term, _stop.Token);
            }
            catch (JournalDamagedException damaged)
            {
                // No trouble of the others.
                damage = damaged;
                return null;
            }
        });
        _ = SayWhenLateAsync(asked);
        switch (await asked)
        {
            case LeaseAnswer.Granted granted:
                Answer(key, new LeaseInput.Granted(granted.Lease.Epoch, at), null, granted.Writer);
                break;
            case LeaseAnswer.HeldByOther held:
                var believed = held.For < _terms.AskAgainAfter ? held.For : _terms.AskAgainAfter;
                Answer(key, new LeaseInput.HeldByOther(held.For, at), (held.Node, Now + believed), null);
                break;
            default:
                TellDamage(key, damage);
                Answer(key, new LeaseInput.NoAnswer(at), null, null, damage);
                break;
        }
    }

    // Where another has a scene, or nobody can, it is not waited for here: who brings a strip asks again.
    private void Answer(
        LeaseKey key, LeaseInput input, (string, TimeSpan)? holder, ISceneWriter? writer,
        JournalDamagedException? damage = null)
    {
        var tasks = new LeaseTasks { Writer = writer };
        bool isMissed;
        lock (_lock)
        {
            if (_entries.GetValueOrDefault(key) is not { } entry)
            {
                return;
            }

            isMissed = entry.IsCounted && holder is not null && key.Scene is not null;
            entry.IsCounted &= input is LeaseInput.NoAnswer;
            (entry.Holder, entry.Damage) = (holder, damage is null ? null : (damage, Now + _terms.AskAgainAfter));
            Step(entry, input, tasks);
            if ((holder is not null || damage is not null) && !entry.IsStanding)
            {
                Step(entry, new LeaseInput.GiveUp(), tasks);
            }

            Wind();
        }

        CarryOut(tasks);
        if (isMissed)
        {
            Missed.Ring();
        }
    }

    // A node without a lease has none to renew: a database that is cut off it finds here. Its question goes on, for a
    // second one would wait behind it.
    private async Task SayWhenLateAsync(Task asked)
    {
        try
        {
            await asked.WaitAsync(_terms.RenewWithin, _time, _stop.Token);
        }
        catch (TimeoutException)
        {
            _trouble.Set($"It was asked for a lease and has not answered for {_terms.RenewWithin.TotalSeconds:0.#} s.");
        }
        catch (OperationCanceledException)
        {
            // Everything ends.
        }
    }

    // Of a role it is told once, and the role is asked for again in case somebody mends it.
    private void TellDamage(LeaseKey key, JournalDamagedException? damage)
    {
        if (damage is not null && WorkOf(key)?.TellDamage(damage) == false
            && Locked(() => _entries.GetValueOrDefault(key) is { IsDamageTold: false } entry
                && (entry.IsDamageTold = true)))
        {
            _notes.OnFault(key, damage);
        }
    }

    // One connection that is dead must not cost all leases: after a while they are asked for again by another. The
    // first question goes on all the same, for where all is only slow its answer comes first.
    private async Task RenewAsync(ImmutableArray<(HeldLease Lease, TimeSpan At)> due)
    {
        var asked = _leases.RenewAsync([.. due.Select(one => one.Lease)], _terms.Term, _stop.Token).AsTask();
        var renewed = await TryAsync<ImmutableHashSet<HeldLease>>(async () =>
        {
            try
            {
                return await asked.WaitAsync(_terms.RenewWithin, _time);
            }
            catch (TimeoutException slow)
            {
                throw new JournalBusyException(
                    $"Leases were not renewed within {_terms.RenewWithin.TotalSeconds:0.#} s; they are asked for "
                    + "again.",
                    slow);
            }
        });
        Tell(due, renewed);
        if (renewed is null && !asked.IsCompleted
            && await TryAsync<ImmutableHashSet<HeldLease>>(async () => await asked) is { } late)
        {
            Tell(due, late);
        }
    }

    private void Tell(ImmutableArray<(HeldLease Lease, TimeSpan At)> due, ImmutableHashSet<HeldLease>? renewed)
    {
        var at = due.ToDictionary(one => one.Lease.Key);
        Take(
            entry => renewed is null ? new LeaseInput.NoAnswer(at[entry.Key].At)
                : renewed.Contains(at[entry.Key].Lease)
                    ? new LeaseInput.Renewed(at[entry.Key].Lease.Epoch, at[entry.Key].At)
                : new LeaseInput.Refused(at[entry.Key].Lease.Epoch),
            [.. at.Keys]);
    }

    // One that is not given back expires.
    private async Task ReleaseAsync(LeaseTasks tasks)
    {
        await TryAsync<string>(async () =>
        {
            await _leases.ReleaseAsync([.. tasks.Released], _stop.Token);
            return string.Empty;
        });
        Locked(() => _goingBack.Remove(tasks.Back.Task));
        tasks.Back.SetResult();
    }

    private async Task<T?> TryAsync<T>(Func<Task<T?>> ask)
        where T : class
    {
        try
        {
            var answer = await ask();
            _trouble.Clear();
            return answer;
        }
        catch (JournalException fault)
        {
            _trouble.Set(fault.Message);
        }
        catch (Exception closed) when (closed is OperationCanceledException or ObjectDisposedException)
        {
            // Everything ends; what was not given back expires.
        }
        catch (Exception fault)
        {
            // The top of a question: whatever it is, there is no answer, and it is asked again.
            _trouble.Set($"{fault.GetType().Name}: {fault.Message}");
        }

        return default;
    }
}
