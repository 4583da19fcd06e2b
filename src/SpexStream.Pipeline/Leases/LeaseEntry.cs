using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Leases;

/// <summary>One lease as this node keeps it. Guarded by the keeper's lock, but for <see cref="Work"/> and
/// <see cref="Changed"/>.</summary>
/// <param name="key">Of what.</param>
/// <param name="work">What is done under it.</param>
/// <param name="isStanding">Whether it is asked for again and again while another node has it.</param>
internal sealed class LeaseEntry(LeaseKey key, ILeasedWork work, bool isStanding)
{
    public LeaseKey Key => key;

    public ILeasedWork Work => work;

    public bool IsStanding => isStanding;

    public Bell Changed { get; } = new();

    public LeaseState State { get; set; } = LeaseLife.Beginning;

    /// <summary>The right to work; null while there is none.</summary>
    public SceneTenure? Tenure { get; private set; }

    /// <summary>Ends the tenure.</summary>
    private TenureEnd? Ended { get; set; }

    /// <summary>The work under the last tenure.</summary>
    public Task Running { get; set; } = Task.CompletedTask;

    /// <summary>Who else has it, and until when that is believed; null when nobody is known to.</summary>
    public (string Node, TimeSpan Until)? Holder { get; set; }

    /// <summary>Whether it was asked for without waiting: who does so counts it as this node's until it hears
    /// otherwise.</summary>
    public bool IsCounted { get; set; }

    /// <summary>Why nobody can have it, and until when that is believed; null as far as is known.</summary>
    public (JournalDamagedException Fault, TimeSpan Until)? Damage { get; set; }

    /// <summary>Whether it was told that the journal's row of it is damaged.</summary>
    public bool IsDamageTold { get; set; }

    /// <summary>Whether nothing more has to be remembered of it.</summary>
    public bool IsForgotten(TimeSpan now) =>
        State is LeaseState.Unwanted && (Holder is not { } holder || holder.Until <= now)
        && (Damage is not { } damage || damage.Until <= now);

    public SceneTenure Begin(ISceneWriter? writer, TimeProvider time)
    {
        Ended = new TenureEnd(time);
        (Holder, Tenure) = (null, Ended.Of(writer));
        return Tenure;
    }

    /// <summary>Takes the right away; who works under it is told by what this gives.</summary>
    public TenureEnd End()
    {
        Tenure = null;
        return Ended!;
    }
}
