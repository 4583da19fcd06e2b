using SpexStream.Domain.Ports.Models;

namespace SpexStream.Inference;

/// <summary>A model that was read from a pack, with sessions for runtimes that know nothing of models.</summary>
public interface ILoadedPack : ITileModel
{
    /// <summary>Opens a session on each device that the pack was loaded for, so that what is missing shows now and not
    /// with the first tile. Whoever opens the pack with the same options first gets that session. Once.</summary>
    /// <returns>The sessions: to be looked at, for they are whoever's opens the pack, or stay the pack's.</returns>
    /// <exception cref="DeviceFaultException">A device is not there, or lacks software or memory.</exception>
    /// <exception cref="ModelRefusedException">The graph does not run.</exception>
    IReadOnlyList<IModelSession> OpenAhead();

    /// <summary>Looks whether the files are still those that were read; after sessions were opened that shows whether
    /// they compute what <see cref="ITileModel.Identity"/> says.</summary>
    /// <exception cref="ModelRefusedException">Some were changed meanwhile.</exception>
    void CheckFiles();

    /// <summary>Why the model cannot be asked this in words; null where it can, or takes no words.</summary>
    string? FaultOf(string instruction) => null;
}
