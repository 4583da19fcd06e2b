using System.Collections.Immutable;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Spie;

namespace SpexStream.Daemon.Commands.Spie;

/// <summary>Asks on one picture: which classes, from which regions, and with which mask as truth.</summary>
internal sealed class WindowDialogues(
    SpieSettings settings, WindowExaminer examiner, ImmutableArray<LandCoverClass> answered, SceneLabels? labels)
{
    public void Fill(SpieRecord record, PixelPlanes pixels)
    {
        var codes = labels?.Read(record.Window);
        if (labels is not null && codes is null)
        {
            record.Outcome = SpieOutcome.FewLabels;
            return;
        }

        var spectral = examiner.BySpectra(pixels);
        var labelled = codes is null ? [] : examiner.ByLabels(codes);
        var asked = settings.PromptsFromLabels ? labelled : spectral;
        if (asked[0].Facts.Visibility.Clear == 0)
        {
            record.Outcome = SpieOutcome.NothingClear;
            return;
        }

        for (var i = 0; i < asked.Length; i++)
        {
            var value = settings.Classes[i];
            var isLabelled = codes is not null && labels!.Classes.Contains(value);
            if (settings.PromptsFromLabels ? !isLabelled : !answered.Contains(value))
            {
                continue;
            }

            Ask(record, asked[i], isLabelled ? labelled[i].Mask : spectral[i].Mask, isLabelled);
        }
    }

    private void Ask(SpieRecord record, WindowClass found, byte[] truth, bool truthIsLabelled)
    {
        if (found.Facts.RegionCount == 0 && !settings.WithNegatives)
        {
            record.WithoutRegions++;
        }
        else if (SpieDialogue.Of(found.Facts) is { } dialogue)
        {
            record.Dialogues.Add(new(found.Facts, dialogue, truth, settings.PromptsFromLabels, truthIsLabelled));
        }
        else
        {
            record.AnswersRefused++;
        }
    }
}
