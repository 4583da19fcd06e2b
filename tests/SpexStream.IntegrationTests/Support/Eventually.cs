namespace SpexStream.IntegrationTests.Support;

/// <summary>Waits for what another process or loop does, where there is no event to wait for.</summary>
public static class Eventually
{
    /// <summary>Nothing that is right takes so long, on a busy machine either.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public static Task HoldsAsync(Func<bool> condition) => HoldsAsync(() => Task.FromResult(condition()));

    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Longest);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
