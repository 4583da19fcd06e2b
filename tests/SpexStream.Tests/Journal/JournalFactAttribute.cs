using Xunit;

namespace SpexStream.Tests.Journal;

/// <summary>A test of the contract that every journal keeps. The integration tests compile the same files with an
/// attribute of their own, which skips them where the journal under test is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JournalFactAttribute : FactAttribute;
