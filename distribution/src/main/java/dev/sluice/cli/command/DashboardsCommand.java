package dev.sluice.cli.command;

import dev.sluice.api.ComponentFactory;
import dev.sluice.api.Provisioner;
import dev.sluice.api.Provisioner.Objective;
import dev.sluice.api.Provisioner.Subjects;
import dev.sluice.api.config.Config;
import dev.sluice.cli.run.CommandException;
import dev.sluice.engine.config.ConfigProblems;
import dev.sluice.engine.config.Configured;
import dev.sluice.engine.config.Factories;
import dev.sluice.engine.config.Factories.Kind;
import dev.sluice.engine.config.LoadedConfig;
import dev.sluice.engine.graph.EdgeCounts;
import dev.sluice.engine.graph.GraphPlan;
import dev.sluice.slo.rules.SloConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the dashboards of a configuration without running it. */
@Command(
        name = "dashboards",
        description = {
            "Writes dashboards for Grafana, and the files by which it finds them and their data.",
            "One for each pipeline of the configuration, each SLO of its rules, and each service of --jvm."
        })
final class DashboardsCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            required = true,
            description = "Where to write dashboards/*.json and provisioning/*/sluice.yaml.")
    private Path output = Path.of("");

    @Option(
            names = "--jvm",
            paramLabel = "JOB",
            description = "A service on a JVM, by its job in Prometheus. May be given several times.")
    private List<String> jvmServices = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Factories factories = Factories.load();
        LoadedConfig loaded = config.flags().load(factories, System.getenv());
        GraphPlan plan = GraphPlan.of(loaded, new ConfigProblems(loaded.tree()));
        Subjects subjects = new Subjects(EdgeCounts.pipelines(plan, List.of()), jvmServices, objectives(loaded));
        Path folder = output.toAbsolutePath().normalize();
        for (Map.Entry<String, String> file :
                files(loaded, factories, subjects, folder).entrySet()) {
            write(folder.resolve(file.getKey()), file.getValue());
        }
        return 0;
    }

    /** As the first exporter of the configuration says that makes dashboards, or else with the defaults of the one that would. */
    private static Map<String, String> files(LoadedConfig config, Factories factories, Subjects subjects, Path folder)
            throws CommandException {
        for (Configured exporter : config.exporters().values()) {
            if (exporter.factory() instanceof Provisioner<?> provisioner) {
                return files(provisioner, exporter.config(), subjects, folder);
            }
        }
        for (ComponentFactory<?> factory : factories.of(Kind.EXPORTER)) {
            if (factory instanceof Provisioner<?> provisioner) {
                return files(provisioner, factory.defaultConfig(), subjects, folder);
            }
        }
        throw new CommandException("this build has no exporter that makes dashboards");
    }

    @SuppressWarnings("unchecked") // a component's configuration is of its factory's class
    private static <C extends Record & Config> Map<String, String> files(
            Provisioner<C> provisioner, Record config, Subjects subjects, Path folder) {
        return provisioner.files((C) config, subjects, folder.toString());
    }

    private static List<Objective> objectives(LoadedConfig config) {
        return RuleConfigs.of(SloConfig.class, config)
                .flatMap(rules -> rules.objectives().stream())
                .distinct()
                .toList();
    }

    private void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        spec.commandLine().getOut().println(file);
    }
}
