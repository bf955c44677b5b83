using System.Reflection;
using Jft.Simulator.Testing;

namespace Tests;

/// <summary>One simulator for all tests of the assembly.</summary>
public sealed class SimulatorFixture : IAsyncLifetime
{
    public JftSimulator Simulator { get; private set; } = null!;

    public async Task InitializeAsync() => Simulator = await JftSimulator.StartAsync(Program());

    public Task DisposeAsync()
    {
        Simulator.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Null in a project that has the package in a node_modules.</summary>
    private static string? Program() =>
        typeof(SimulatorFixture).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(one => one.Key == "Jftsim")?.Value;
}

[CollectionDefinition("simulator")]
public sealed class SimulatorCollection : ICollectionFixture<SimulatorFixture>;

/// <summary>A sandbox for each test: xunit makes an object of the class for each.</summary>
[Collection("simulator")]
public abstract class SandboxTest(SimulatorFixture fixture) : IAsyncLifetime
{
    protected JftSimulator Simulator => fixture.Simulator;

    protected Sandbox Sandbox { get; private set; } = null!;

    public async Task InitializeAsync() => Sandbox = await Simulator.NewSandboxAsync();

    public Task DisposeAsync() => Task.CompletedTask;
}
