using System.Text.Json.Nodes;
using SpexStream.Daemon.Composition;
using SpexStream.Domain.Explanation;
using SpexStream.Domain.Identity;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Scenes;
using SpexStream.Messaging.Publishing;
using SpexStream.Tests.Explanation;
using SpexStream.Tests.Pipeline;
using Xunit;

namespace SpexStream.Tests.Publishing;

/// <summary>A model's words go out where nothing that was measured speaks against them.</summary>
public sealed class ModelWordsTests(StripFiles files) : IClassFixture<StripFiles>
{
    private readonly List<RejectionReason> _rejected = [];

    [Fact]
    public void Words_that_fit_are_told_as_the_models()
    {
        var told = Told("There are three water bodies, and the largest one is large and lies in the upper left.");

        Assert.Equal("model", (string?)told["text_source"]);
        Assert.StartsWith("There are three", (string?)told["text"], StringComparison.Ordinal);
        Assert.Equal("abc", (string?)told["prompt_hash"]);
        Assert.Empty(_rejected);
    }

    [Fact]
    public void Words_that_are_contradicted_are_replaced_marked_and_counted()
    {
        var told = Told("There is no water in this image.");

        Assert.Equal("template", (string?)told["text_source"]);
        Assert.Equal(Explainer.OfScene(FixedFacts.Water).Text, (string?)told["text"]);
        Assert.Equal("abc", (string?)told["prompt_hash"]);
        Assert.Single(_rejected);
    }

    [Fact]
    public void A_scene_says_from_its_opening_on_that_an_untrained_model_answers()
    {
        var messages = new SceneMessages(
            Identity.Of(StationId.Parse("no-test"), "0"), TimeProvider.System, _rejected.Add);
        var scene = files.Delivery(MadeImagery.SixBands, 1, 0).Scene;
        var untrained = new ModelFacts("tiny", "1") { IsUntrained = true };
        var strip = new StripEntry(0, 0, 600, "a");
        bool? Trained(OutgoingMessage message) =>
            (bool?)JsonNode.Parse(message.Payload.Span)!["properties"]!["spex:trained"];

        Assert.False(Trained(Assert.Single(messages.Opened(scene, untrained))));
        Assert.False(Trained(messages.StripSummarised(scene, strip, 1, [FixedFacts.Water], untrained)[0]));
        Assert.Null(Trained(Assert.Single(messages.Opened(scene, null))));
    }

    private JsonNode Told(string text)
    {
        var messages = new SceneMessages(
            Identity.Of(StationId.Parse("no-test"), "0"), TimeProvider.System, _rejected.Add);
        var scene = files.Delivery(MadeImagery.SixBands, 1, 0).Scene;
        var facts = FixedFacts.Water with { Said = new ModelText(LandCoverClass.Water, text, "abc") };
        var message = messages.StripSummarised(
            scene, new StripEntry(0, 0, 600, "a"), 1, [facts, FixedFacts.Vegetation, FixedFacts.Buildings],
            null)[0];
        return JsonNode.Parse(message.Payload.Span)!["properties"]!;
    }
}
