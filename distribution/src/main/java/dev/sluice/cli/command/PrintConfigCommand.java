package dev.sluice.cli.command;

import dev.sluice.cli.run.CommandException;
import dev.sluice.engine.config.ConfigPrinter;
import dev.sluice.engine.config.Factories;
import dev.sluice.engine.config.LoadedConfig;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the configuration with everything merged, expanded and defaulted. */
@Command(
        name = "print-config",
        aliases = "print-initial-config",
        description = "Prints the configuration that is in force, with every default.")
final class PrintConfigCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "redacted, which hides secrets, or unredacted; redacted if absent.")
    private String mode = "redacted";

    @Option(names = "--format", paramLabel = "FORMAT", description = "yaml or json; yaml if absent.")
    private String format = "yaml";

    /** Accepted and without effect: what cannot be read cannot be printed, so it is always validated. */
    @Option(names = "--validate", arity = "0..1", fallbackValue = "true", paramLabel = "BOOL", hidden = true)
    @SuppressWarnings("UnusedVariable")
    private boolean validate = true;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        config.flags().check();
        ConfigPrinter printer = switch (mode.toLowerCase(Locale.ROOT)) {
            case "redacted" -> ConfigPrinter.redacted();
            case "unredacted" -> ConfigPrinter.unredacted();
            default -> throw new CommandException("invalid mode \"" + mode + "\": modes are: redacted, unredacted");
        };
        LoadedConfig loaded = config.flags().load(Factories.load(), System.getenv());
        String text = switch (format.toLowerCase(Locale.ROOT)) {
            case "yaml" -> printer.yaml(loaded);
            case "json" -> printer.json(loaded);
            default -> throw new CommandException("unrecognized print format: " + format);
        };
        spec.commandLine().getOut().println(text.stripTrailing());
        return 0;
    }
}
