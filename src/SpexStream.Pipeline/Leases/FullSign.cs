using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Leases;

/// <summary>Says to the other nodes that this one has as many scenes as it can have, by a role that only it can have.
/// Safe for use from several threads.</summary>
/// <param name="keeper">Keeps this node's leases.</param>
internal sealed class FullSign(LeaseKeeper keeper)
{
    private readonly Lock _lock = new();
    private readonly LeaseKey _key = NodeLease.FullKeyOf(keeper.Node);
    private Task _takenDown = Task.CompletedTask;
    private bool _isUp;
    private bool _isClosed;

    /// <summary>Puts the sign up, or takes it down; does not wait. One that is still being taken down is left alone
    /// until the next look.</summary>
    public void Show(bool isFull)
    {
        lock (_lock)
        {
            if (_isClosed || isFull == _isUp || !_takenDown.IsCompleted)
            {
                return;
            }

            _isUp = isFull;
            if (isFull)
            {
                keeper.Keep(_key, new StandingLease());
            }
            else
            {
                _takenDown = keeper.GiveUpAsync(_key, CancellationToken.None);
            }
        }
    }

    /// <summary>Takes it down for good.</summary>
    public Task CloseAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        return keeper.GiveUpAsync(_key, cancellation);
    }
}
