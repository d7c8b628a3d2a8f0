package dev.sluice.cli.command;

import dev.sluice.cli.run.ConfigFlags;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags that say which configuration is meant, for the commands that read one. */
final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "URI",
            description = "A configuration: a path, or a URI of env:, file:, yaml:, http: or https:. May be given"
                    + " several times, later ones lie over earlier ones.")
    private List<String> configs = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One value over the configuration, such as processors.batch.timeout=2s.")
    private List<String> sets = new ArrayList<>();

    @Option(
            names = "--feature-gates",
            paramLabel = "GATES",
            description = "Gates to switch on, or off with a minus in front, with commas between.")
    private List<String> featureGates = new ArrayList<>();

    ConfigFlags flags() {
        return new ConfigFlags(configs, sets, featureGates);
    }
}
