using System.Text;
using SpexStream.Domain.Products;

namespace SpexStream.Raster.Vector;

/// <summary>The attributes of one region, made once for all files. Scratch of one thread.</summary>
internal sealed class RegionAttributes
{
    private readonly int[] _ends = new int[RegionFields.Texts.Length];
    private readonly long[] _integers = new long[RegionFields.Integers.Length];
    private readonly double[] _reals = new double[RegionFields.Reals.Length];
    private byte[] _texts = new byte[1024];

    /// <summary>In the order of <see cref="RegionFields.Integers"/>.</summary>
    public ReadOnlySpan<long> Integers => _integers;

    /// <summary>In the order of <see cref="RegionFields.Reals"/>, rounded to their digits; what is not finite is no
    /// value.</summary>
    public ReadOnlySpan<double> Reals => _reals;

    /// <summary>In the order of <see cref="RegionFields.Texts"/>, UTF-8.</summary>
    public ReadOnlySpan<byte> Text(int field)
    {
        var start = field == 0 ? 0 : _ends[field - 1];
        return _texts.AsSpan(start, _ends[field] - start);
    }

    /// <summary>Takes the attributes of a region.</summary>
    public void Read(RegionFacts facts, string text)
    {
        var length = 0;
        for (var i = 0; i < _ends.Length; i++)
        {
            length += Add(RegionFields.Texts[i].Value(facts, text), length);
            _ends[i] = length;
        }

        for (var i = 0; i < _integers.Length; i++)
        {
            _integers[i] = RegionFields.Integers[i].Value(facts);
        }

        for (var i = 0; i < _reals.Length; i++)
        {
            var (_, digits, value) = RegionFields.Reals[i];
            _reals[i] = Math.Round(value(facts), digits);
        }
    }

    private int Add(string text, int at)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_texts.Length - at < most)
        {
            Array.Resize(ref _texts, Math.Max(at + most, 2 * _texts.Length));
        }

        return Encoding.UTF8.GetBytes(text, _texts.AsSpan(at));
    }
}
