using System.Diagnostics;

namespace SpexStream.Benchmarks;

/// <summary>Times several ways of doing the same work side by side.</summary>
internal static class Rounds
{
    // Long enough for the compiler's second tier, which comes in the background.
    private const double WarmUpSeconds = 1.5;

    /// <summary>Median seconds of each step, A-B-A-B, after warming up.</summary>
    public static double[] Interleave(int rounds, params Action[] steps)
    {
        var seconds = steps.Select(_ => new double[rounds]).ToArray();
        for (var warming = Stopwatch.StartNew(); warming.Elapsed.TotalSeconds < WarmUpSeconds;)
        {
            Array.ForEach(steps, step => step());
        }

        for (var round = 0; round < rounds; round++)
        {
            for (var step = 0; step < steps.Length; step++)
            {
                seconds[step][round] = Once(steps[step]);
            }
        }

        return [.. seconds.Select(Median)];
    }

    /// <summary>Seconds of one run.</summary>
    public static double Once(Action step)
    {
        var started = Stopwatch.GetTimestamp();
        step();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
