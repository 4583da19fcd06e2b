namespace SpexStream.Inference.Spex.Verification;

/// <summary>Compares computed tensors with recorded ones and keeps count of what was recorded.</summary>
internal sealed class GoldenComparison(GoldenFile file)
{
    private readonly List<GoldenDifference> _differences = [];
    private readonly HashSet<string> _compared = new(StringComparer.Ordinal);

    /// <summary>All comparisons; what was recorded and never compared is a failure of its own.</summary>
    public IReadOnlyList<GoldenDifference> Finish() =>
    [
        .. _differences,
        .. file.Results.Where(name => !_compared.Contains(name))
            .Select(name => new GoldenDifference(name, float.NaN, false, "no stage computes it")),
    ];

    /// <summary>Compares, where such a tensor was recorded.</summary>
    public void Compare(string name, ReadOnlySpan<float> computed, Tolerance tolerance, string form = "")
    {
        if (!file.Has(name))
        {
            return;
        }

        _compared.Add(name);
        var shown = form.Length == 0 ? name : $"{name} ({form})";
        var recorded = file.Values(name);
        if (recorded.Length != computed.Length)
        {
            _differences.Add(new GoldenDifference(
                shown, float.NaN, false, $"{computed.Length} elements instead of {recorded.Length}"));
            return;
        }

        var (largest, passed) = (0f, true);
        for (var index = 0; index < recorded.Length; index++)
        {
            var difference = MathF.Abs(recorded[index] - computed[index]);
            largest = float.IsNaN(difference) ? float.NaN : MathF.Max(largest, difference);
            passed &= tolerance.Allows(recorded[index], computed[index]);
        }

        _differences.Add(new GoldenDifference(shown, largest, passed, tolerance.ToString()));
    }

    /// <summary>Compares every tensor that was recorded for a case in a group, by its name there.</summary>
    public void CompareAll(string prefix, IReadOnlyDictionary<string, float[]> computed, Tolerance tolerance, string form = "")
    {
        foreach (var (name, values) in computed)
        {
            Compare($"{prefix}/{name}", values, tolerance, form);
        }
    }

    /// <summary>Notes a check that is not a difference of two tensors.</summary>
    public void Check(string name, bool passed, string remark, float largest = float.NaN)
    {
        _compared.Add(name);
        _differences.Add(new GoldenDifference(name, largest, passed, remark));
    }
}
