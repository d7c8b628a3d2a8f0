package dev.sluice.cli.command;

import dev.sluice.engine.config.Factories;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says nothing if the configuration is good, but for warnings. */
@Command(name = "validate", description = "Validates the configuration without running it.")
final class ValidateCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        config.flags()
                .load(Factories.load(), System.getenv())
                .warnings()
                .forEach(warning -> spec.commandLine().getErr().println("Warning: " + warning));
        return 0;
    }
}
