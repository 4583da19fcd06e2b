namespace SpexStream.Tests.Explanation;

/// <summary>
/// Sentences by hand, each with the verdict it must get: '+' accepted with something supported and nothing open, '?'
/// accepted but with something that cannot be checked (or nothing to check), '-' rejected. An indented line goes on
/// with the row before.
/// </summary>
internal static class SentenceTable
{
    /// <summary>On the county as a whole.</summary>
    public const string County = """
        + The image shows a large lake in the upper left.
        + There are three lakes.
        + Three lakes cover 104.4 ha.
        + Water covers about 1 km² in three separate regions.
        + The largest lake lies in the top-left and covers 72 ha.
        + The largest lies in the northwest.
        + The second largest lake lies in the center.
        + The smallest lake lies in the lower right corner.
        + A tiny pond lies in the bottom right.
        + In the lower right there is a pond.
        + The lake in the north-west covers 0.72 km2.
        + A 28.8-hectare lake lies in the middle of the scene.
        + A lake of 28.8ha lies in the centre.
        + A pond of 3.6 ha lies in the south-east.
        + The forest covers 17.28 km².
        + Forest covers 60 % of what could be seen.
        + Forest covers 48 percent of the image.
        + Forest covers about half of the scene.
        + Forest covers nearly half of the image.
        + Vegetation covers more than half of the clear pixels.
        + Most of what was seen is vegetation.
        + There are no buildings.
        + No houses or other urban areas are visible.
        + Buildings were not found.
        + The scene is free of buildings.
        + Neither buildings nor snow were detected.
        + Not only water but also vegetation was found.
        + There is water and vegetation, but no buildings.
        + A huge dense forest extends across the left side of the scene.
        + The forest stretches from the top to the bottom.
        + Water covers 10,440 pixels.
        + Water covers 10 440 pixels.
        + Water covers 10.440,0 pixels.
        + Water covers 1.044e4 pixels.
        + Water covers 1.04 × 10⁴ pixels.
        + Water covers 1.044 km^2.
        + Water covers 1,04 km².
        + Water covers 104.4 hectares, or 258 acres.
        + Water covers 100 to 110 ha.
        + Water covers between 1 and 1.1 square kilometres.
        + Water covers 100–110 ha.
        + Water covers at least 100 ha.
        + Water covers no more than 105 ha.
        + Water covers less than 2 sq. km.
        + Water covers roughly 100 ha.
        + Water covers 3.6 % of what could be clearly seen.
        + Water covers 2.9 % of the scene.
        + Clouds cover 10 % of the scene.
        + 10 % is cloud and 5 % is cloud shadow.
        + A tenth of the scene is hidden by cloud.
        + Of the scene, 80 % could be clearly seen.
        + 20 % of the scene could not be seen.
        + There is no snow.
        + Confidence in the water is high (75 of 100).
        + Confidence in the vegetation is 90%.
        + The largest lake lies at 54.020° N, 12.470° E.
        + The lake at 54.02 N, 12.47 E covers 72 ha.
        + The largest lake has a mean NDWI of 0.41, above the threshold of 0.22.
        + Two of the 3 lakes are visible, water is present.
        + Both water and vegetation are visible.
        + The lake does not lie in the bottom-left.
        + The top-left lake lies left of the forest.
        + The pond lies to the right of the forest.
        + The forest lies south of the largest lake.
        + Most of the water lies in the upper left.
        + More than half of the water is in the top-left.
        + The largest lake touches the edge of the scene.
        + Several lakes are visible.
        + A couple of lakes and a forest are visible.
        + There is one forest.
        + One lake lies in the center, another lake in the top-left.
        + A further 120 pixels show partial surface water.
        + No lake lies in the bottom left.
        + There is no lake larger than 1 km².
        + The upper-left quadrant holds a large lake.
        + Water lies in the top-left, the center and the bottom-right.
        ? Three lakes were seen on 22 November 2026.
        ? Sentinel-2 shows water at 10 m resolution.
        ? The scene of 2026-11-22 at 14:30 shows a forest.
        ? The lake may be deep.
        ? There may be buildings under the clouds.
        ? The area is flooded.
        ? Hundreds of trees are visible.
        + A forest with dark canopy next to a lake.
        ? It is a calm morning.
        ? The lake is 900 m wide.
        ? The tree-lined road is straight.
        - The image shows a large lake in the upper right.
        - There are four lakes.
        - Five lakes are all that was found.
        - Three lakes cover 204.4 ha.
        - Water covers about 2 km² in three regions.
        - The largest lake lies in the bottom-left and covers 72 ha.
        - The largest lake lies in the top-left and covers 28.8 ha.
        - The largest lies in the northeast.
        - The second largest lake lies in the top-left.
        - The smallest lake lies in the upper left corner.
        - A huge lake lies in the bottom right.
        - In the lower left there is a pond.
        - A 72 ha lake lies in the center.
        - A 28.8-hectare lake lies in the top left.
        - A pond of 3.6 km² lies in the south-east.
        - The forest covers 17.28 ha.
        - The forest covers 17.28 km.
        - Forest covers 60 % of the image.
        - Forest covers a third of the scene.
        - Forest covers less than half of the clear pixels.
        - Most of the scene is water.
        - Buildings are visible in the centre.
        - There are houses along the lake.
        - There is no water.
        - No water or trees were found.
        - No lakes were detected.
        - There isn't any vegetation.
        - Water was not found.
        - Neither water nor buildings were detected.
        - The scene is free of vegetation.
        - The scene is without water.
        - Not only water but also buildings were found.
        - There is water, but no vegetation.
        - Water covers 72 ha.
        - Forest covers 60° of the view.
        - Water covers 10,440 ha.
        - Water covers 10,940 pixels.
        - Water covers 1.044e5 pixels.
        - Water covers 1.044 × 10⁷ m².
        - Water covers 104.4 m².
        - Water covers 104.4 acres.
        - Water covers 110 to 120 ha.
        - Water covers at least 110 ha.
        - Water covers no more than 100 ha.
        - Water covers more than 2 sq. km.
        - Water covers 36 % of what could be clearly seen.
        - Clouds cover 30 % of the scene.
        - 10 % is cloud and 15 % is cloud shadow.
        - The scene is cloud-free.
        - There are no clouds.
        - Snow covers 5 % of the scene.
        - Of the scene, 95 % could be clearly seen.
        - Confidence in the water is low.
        - Confidence in the water is high (55 of 100).
        - Confidence in the water is not high.
        - The largest lake lies at 54.020° S, 12.470° E.
        - The largest lake lies at 54.120° N, 12.470° E.
        - The lake at 54.02 N, 12.47 E covers 28.8 ha.
        - The largest lake has a mean NDWI of 0.51.
        - The largest lake has a mean NDWI of 0.41, below the threshold of 0.22.
        - Two of the 5 lakes are visible.
        - The largest lake does not lie in the top-left.
        - The smallest lake lies left of the forest.
        - The forest lies north of the largest lake.
        - Most of the water lies in the lower right.
        - More than half of the water is in the center.
        - The largest lake is not large.
        - Dozens of lakes are visible.
        - The fourth largest lake lies in the center.
        - No lake lies in the top left.
        - There is no lake larger than 50 ha.
        - This is preliminary.
        - Only 60 % of the expected strips arrived.
        - It was not screened for cloud.
        - Nothing could be seen.
        - The scene is mostly urban.
        - Water: 12 lakes.
        ? Lakes (5) and a forest.
        - A further 120 ha show partial surface water.
        """;

    /// <summary>On the county, in the way of a language model: several sentences on kind, place and relation.</summary>
    public const string Paragraphs = """
        + The image shows a large dense forest with dark green canopy over most of the clear area. A lake lies in the
            upper left, and a tiny pond in the lower right.
        + This is a rural scene. It is dominated by a huge forest, with three lakes. The largest lake lies in the
            top-left corner of the image; no buildings are visible.
        + The satellite image shows a lake in the top-left corner. It is large and touches the edge of the scene.
            Another lake is located in the center.
        + A forest covers roughly half of the image, while water covers only about 3 %. There are no urban areas.
        + The water bodies are the following: a large lake at the top left, a medium lake in the centre and a very
            small pond at the bottom right.
        ? The lakes are calm and surrounded by dense forest. The largest one, in the north-west, may be used for
            drinking water.
        ? The vegetation appears lush and healthy. It spans the lower part of the scene, bordering a lake to the north.
        - The image shows a dense urban area with houses on the left, and a river running through the center.
        - The image shows a large dense forest over most of the scene. A large lake lies in the lower left.
        - A forest covers most of what was seen. The largest lake lies in the center, and a smaller one lies in the
            top left.
        - There are three lakes. The second largest lies in the bottom right.
        - The image shows a forest. There is no water in the scene, only trees.
        - A huge lake dominates the image, covering more than half of the scene.
        - The scene holds two forests and several lakes, all without cloud.
        - The largest lake lies in the top-left. It covers 28.8 ha.
        """;

    /// <summary>On the upper lake.</summary>
    public const string Lake = """
        - It lies in the top-left and covers 72 ha.
        + This lake is large and touches the edge of the scene.
        + It is the largest of 3 regions of open water.
        + The lake covers 2.5 % of what could be clearly seen.
        + The lake has a high confidence of 82 of 100.
        + The lake lies next to a forest.
        - It lies in the center and covers 72 ha of water.
        - This lake does not touch the edge of the scene.
        - This lake covers 28.8 ha.
        - This lake is tiny.
        - It is the second largest of 3 lakes.
        - It is the largest of 4 regions of open water.
        - The lake has a confidence of 45 of 100.
        - A large dense forest covers most of the scene.
        - The forest is huge.
        """;

    /// <summary>On the draft.</summary>
    public const string Draft = """
        + Water covers 13,440 pixels in 34 regions.
        + There are dozens of regions of water, and the largest lies in the upper left.
        + This is preliminary: 80 % of the expected strips of this water scene arrived.
        + 4 of 5 strips arrived and water was found.
        ? The lake lies in the north.
        ? A tiny pond lies in the top right.
        ? No lake lies in the top right.
        ? Forest surrounds the lake.
        - Water covers 134.4 ha.
        - Water lies at 54.02° N.
        - There are two regions of water.
        - Vegetation covers 13,440 pixels.
        - No vegetation was found near the water.
        - The water scene was screened for cloud.
        - A large lake lies in the top right.
        - Forest surrounds everything.
        - The water product is final.
        """;

    /// <summary>On closed cloud.</summary>
    public const string Overcast = """
        ? Nothing could be seen, cloud covers 100 % of the scene; there may be water.
        ? Nothing can be said about open water.
        - No open water was found.
        - There is a lake.
        - The scene is cloud-free, nothing can be said about open water.
        """;
}
