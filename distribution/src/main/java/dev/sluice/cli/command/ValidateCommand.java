package dev.sluice.cli.command;

import dev.sluice.engine.config.Factories;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says nothing if the configuration is good. */
@Command(name = "validate", description = "Validates the configuration without running it.")
final class ValidateCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Override
    public Integer call() throws Exception {
        config.flags().load(Factories.load(), System.getenv());
        return 0;
    }
}
