namespace SpexStream.Inference.Words;

/// <summary>Korean syllables are composed by arithmetic (The Unicode Standard, section 3.12, "Conjoining Jamo
/// Behavior").</summary>
internal static class Hangul
{
    /// <summary>First of the vowels, which compose with what stands before them.</summary>
    public const int FirstVowel = 0x1161;

    /// <summary>One past the last of the final consonants, which do so too.</summary>
    public const int EndOfTrails = Trail + Trails;

    private const int Lead = 0x1100;
    private const int Trail = 0x11A7;
    private const int Syllable = 0xAC00;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Trails = 28;
    private const int Syllables = Leads * Vowels * Trails;

    public static (int First, int Second)? Decompose(int character)
    {
        var index = character - Syllable;
        if (index is < 0 or >= Syllables)
        {
            return null;
        }

        return index % Trails is > 0 and var trail
            ? (character - trail, Trail + trail)
            : (Lead + (index / (Vowels * Trails)), FirstVowel + (index / Trails % Vowels));
    }

    public static int? Compose(int first, int second)
    {
        if (first is >= Lead and < Lead + Leads && second is >= FirstVowel and < FirstVowel + Vowels)
        {
            return Syllable + (((first - Lead) * Vowels) + second - FirstVowel) * Trails;
        }

        var index = first - Syllable;
        return index is >= 0 and < Syllables && index % Trails == 0 && second is > Trail and < EndOfTrails
            ? first + second - Trail
            : null;
    }
}
