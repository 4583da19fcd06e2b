using System.Collections.Immutable;
using SpexStream.Daemon.Composition;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Tests.Devices;

/// <summary>Backends that ask a <see cref="RuleModel"/> for what the spectral rules would say themselves.</summary>
internal sealed class RuleBackends(RuleModel model, ProcessingOptions options) : IBackendFactory
{
    public ITileBackend Create(SceneImagery imagery) =>
        new Asking(new SpectralBackends(options).Create(imagery), model);

    // Named as its rules are, so that products say the same.
    private sealed class Asking(ITileBackend rules, RuleModel model) : ILearnedBackend
    {
        public string Name => rules.Name;

        public string Version => rules.Version;

        public int ReachPixels => rules.ReachPixels;

        public int PassCount => rules.PassCount;

        public ImmutableArray<IndexKind> Indices => rules.Indices;

        public ISceneFindings InitialFindings => rules.InitialFindings;

        public ITileModel Model => model;

        public ITileBackend? Fallback => rules;

        public bool RequiresSeed(LandCoverClass value) => rules.RequiresSeed(value);

        public ISceneSurvey NewSurvey(int pass, ISceneFindings findings) => rules.NewSurvey(pass, findings);

        public ISceneFindings Conclude(ISceneFindings findings, ISceneSurvey survey) =>
            rules.Conclude(findings, survey);

        public void Classify(PixelPlanes pixels, ISceneFindings findings, TileEvidence evidence) =>
            rules.Classify(pixels, findings, evidence);

        public ITileRequest? Ask(PixelPlanes pixels, ISceneFindings findings, TileEvidence evidence) =>
            new RuleModel.Request(rules, findings);
    }
}
