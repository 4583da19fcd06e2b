using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Explanation.Reading;

/// <summary>Words that name a class; phrases parted by a bar, hyphens written as blanks.</summary>
internal static class ClassWords
{
    /// <summary>All of them, and phrases that hold such a word but name no class or another one.</summary>
    public static (string Phrases, Term Term)[] All { get; } =
    [
        ("open water|open waters|open surface water|surface water|lake|lakes|pond|ponds|river|rivers|sea|ocean"
            + "|reservoir|reservoirs|canal|canals|stream|streams|creek|creeks|lagoon|lagoons|pool|pools|bay|bays"
            + "|inlet|inlets|estuary",
            Of(LandCoverClass.Water) with { IsOpenWater = true }),
        ("water|waters|water body|water bodies|waterbody|waterbodies|body of water|bodies of water|waterway|waterways"
            + "|watercourse|watercourses", Of(LandCoverClass.Water)),
        ("flood|floods|flooded|flooding|floodwater|floodwaters|flood water|inundated|inundation",
            Of(LandCoverClass.Water) with { IsBeyondEvidence = true }),
        ("vegetation|vegetated|forest|forests|forested|tree|trees|wood|woods|wooded|woodland|woodlands|crop|crops"
            + "|cropland|croplands|grass|grasses|grassland|grasslands|meadow|meadows|canopy|canopies|tree canopy"
            + "|shrub|shrubs|bushes|greenery|green|plants|lawn|lawns|park|parks|plantation|plantations|orchard"
            + "|orchards|foliage|pasture|pastures|jungle|mangrove|mangroves|green space|green spaces|green area"
            + "|green areas|plant cover|tree cover|green vegetation|forest cover", Of(LandCoverClass.Vegetation)),
        ("building|buildings|built up|built up area|built up areas|built up or bare ground|built up or bare"
            + "|buildings or bare ground|built up land|urban|urban area|urban areas|house|houses|home|homes|settlement"
            + "|settlements|town|towns|city|cities|village|villages|roof|roofs|rooftop|rooftops|residential|suburb"
            + "|suburbs|suburban|warehouse|warehouses|factory|factories|bare ground|bare soil|bare land|bare earth"
            + "|bare|housing|built structures|urbanised|urbanized|urbanisation", Of(LandCoverClass.Buildings)),
        ("green water|blue green water|water green", Of(LandCoverClass.Water)),
        ("green lake|green pond|green river|green lakes"
            + "|green ponds", Of(LandCoverClass.Water) with { IsOpenWater = true }),
        ("green roof|green roofs", Of(LandCoverClass.Buildings)),
        ("water tower|water towers|water treatment|water tank|water tanks|river bank|riverbank|green light|green band"
            + "|water vapour|water vapor|water level|north sea|black sea|red sea|sea level|water index|vegetation index"
            + "|difference water index|difference vegetation index|difference built up index|built up index|city of"
            + "|town of|village of|lake district", new Term(TermKind.Filler)),
    ];

    private static Term Of(LandCoverClass value) => new(TermKind.Class) { Class = value };
}
