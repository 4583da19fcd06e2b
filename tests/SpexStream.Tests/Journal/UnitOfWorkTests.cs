using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Postgres;
using Xunit;

namespace SpexStream.Tests.Journal;

public sealed class UnitOfWorkTests
{
    [Fact]
    public void Of_two_questions_for_one_lease_in_a_group_the_later_one_stands()
    {
        var unit = new UnitOfWork(new UnitKnowledge { LastEpoch = 6 });
        var role = LeaseKey.OfRole("outbox");
        var answers = new[] { 3, 5 }.Select(seconds => Assert.IsType<LeaseAnswer.Granted>(
            unit.TakeLease(role, TimeSpan.FromSeconds(seconds), _ => throw new InvalidOperationException())));
        Assert.Equal([7L, 8L], answers.Select(granted => granted.Lease.Epoch));
        Assert.Equal(new(role.Text, 8, TimeSpan.FromSeconds(5)), Assert.Single(unit.Leases).Value);
    }
}
