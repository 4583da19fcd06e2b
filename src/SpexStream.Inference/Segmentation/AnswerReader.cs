using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Inference.Onnx;

namespace SpexStream.Inference.Segmentation;

/// <summary>Puts the windows of a tile together, row by row, and has the rows decided. One thread at a time.</summary>
internal sealed unsafe class AnswerReader : IDisposable
{
    // Room for a vector behind every row.
    private const int Slack = 64;

    private readonly WindowPlan _windows;
    private readonly TargetPlan _targets;
    private readonly nint _stride;
    private readonly nint _halfStride;
    private readonly float[] _weights;
    private readonly float* _row;
    private readonly float* _part;
    private readonly float* _weightOfRow;
    private readonly float* _converted;
    private float* _memory;

    public AnswerReader(WindowPlan windows, TargetPlan targets, int tileSize)
    {
        (_windows, _targets) = (windows, targets);
        _stride = tileSize + Slack;
        _halfStride = windows.Edge + Slack;
        _weights = windows.Blends ? BlendWeights.Of(windows.Edge, windows.Overlap) : [];
        var planes = targets.Targets.Length;
        var channels = targets.TargetOfChannel.Length;
        var floats = (_stride * ((2 * planes) + 1)) + (_halfStride * channels);
        _memory = (float*)NativeMemory.AlignedAlloc((nuint)(floats * sizeof(float)), 64);
        NativeMemory.Clear(_memory, (nuint)(floats * sizeof(float)));
        _row = _memory;
        _part = _row + (_stride * planes);
        _weightOfRow = _part + (_stride * planes);
        _converted = _weightOfRow + _stride;
    }

    /// <summary>Fills the evidence of a tile.</summary>
    /// <param name="slot">The tile.</param>
    /// <param name="output">The model's answers on its windows.</param>
    /// <param name="marks">Which pixels of the core were not measured, row after row.</param>
    /// <param name="evidence">Where to.</param>
    public void Read(TileSlot slot, void* output, byte* marks, TileEvidence evidence)
    {
        evidence.Begin(slot.Core);
        var decision = slot.Request!.Decision;
        for (var y = 0; y < slot.Core.Height; y++)
        {
            if (_windows.Blends)
            {
                BlendRow(slot, output, slot.Core.Row + y);
            }
            else
            {
                CropRow(slot, output, slot.Core.Row + y);
            }

            var rowMarks = slot.HasMarks ? marks + ((long)y * slot.Core.Width) : null;
            decision.Row(_row, _stride, rowMarks, evidence, y);
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }

    private void CropRow(TileSlot slot, void* output, int row)
    {
        var window = (row - slot.Core.Row) / _windows.Step;
        for (var column = 0; column < slot.Columns.Count; column++)
        {
            var start = slot.Columns.Start(column);
            var own = new PixelWindow(start + _windows.Overlap, row, _windows.Step, 1).Intersect(slot.Core);
            Probabilities(slot, output, (window, column), row, own, _row + (own.Column - slot.Core.Column));
        }
    }

    private void BlendRow(TileSlot slot, void* output, int row)
    {
        var planes = _targets.Targets.Length;
        new Span<float>(_row, (int)(_stride * planes)).Clear();
        new Span<float>(_weightOfRow, (int)_stride).Clear();
        for (var r = 0; r < slot.Rows.Count; r++)
        {
            var y = row - slot.Rows.Start(r);
            if (y < 0 || y >= _windows.Edge)
            {
                continue;
            }

            for (var c = 0; c < slot.Columns.Count; c++)
            {
                var start = slot.Columns.Start(c);
                var part = new PixelWindow(start, row, _windows.Edge, 1).Intersect(slot.Core);
                if (!part.IsEmpty)
                {
                    Probabilities(slot, output, (r, c), row, part, _part);
                    AddWeighted(_weights[y], part.Column - start, part.Column - slot.Core.Column, part.Width);
                }
            }
        }

        for (var t = 0; t < planes; t++)
        {
            var values = new Span<float>(_row + (t * _stride), slot.Core.Width);
            TensorPrimitives.Divide(values, new ReadOnlySpan<float>(_weightOfRow, slot.Core.Width), values);
        }
    }

    private void AddWeighted(float weight, int inWindow, int inRow, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _weightOfRow[inRow + i] += weight * _weights[inWindow + i];
        }

        for (var t = 0; t < _targets.Targets.Length; t++)
        {
            var from = _part + (t * _stride);
            var to = _row + (t * _stride) + inRow;
            for (var i = 0; i < count; i++)
            {
                to[i] += weight * _weights[inWindow + i] * from[i];
            }
        }
    }

    private void Probabilities(
        TileSlot slot, void* output, (int Row, int Column) window, int row, PixelWindow part, float* target)
    {
        var edge = (long)_windows.Edge;
        var channels = _targets.TargetOfChannel.Length;
        var index = slot.FirstWindow + (window.Row * slot.Columns.Count) + window.Column;
        var place = (index * channels * edge * edge) + ((row - slot.Rows.Start(window.Row)) * edge)
            + (part.Column - slot.Columns.Start(window.Column));
        if (_targets.Output.Type == ElementType.Float32)
        {
            TargetProbabilities.Convert(
                _targets, (float*)output + place, (nint)(edge * edge), target, _stride, part.Width);
            return;
        }

        for (var c = 0; c < channels; c++)
        {
            TensorPrimitives.ConvertToSingle(
                new ReadOnlySpan<Half>((Half*)output + place + (c * edge * edge), part.Width),
                new Span<float>(_converted + (c * _halfStride), part.Width));
        }

        TargetProbabilities.Convert(_targets, _converted, _halfStride, target, _stride, part.Width);
    }
}
