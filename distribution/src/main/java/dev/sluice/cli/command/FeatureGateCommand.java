package dev.sluice.cli.command;

import dev.sluice.cli.run.CommandException;
import dev.sluice.engine.config.FeatureGates;
import dev.sluice.engine.config.FeatureGates.Gate;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the feature gates, or tells about one. */
@Command(name = "featuregate", description = "Shows the feature gates and whether they are on.")
final class FeatureGateCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "ID", description = "The gate to tell about; all in a table if absent.")
    private @Nullable String id;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws CommandException {
        PrintWriter out = spec.commandLine().getOut();
        List<Gate> gates = Arrays.stream(Gate.values())
                .sorted(Comparator.comparing(Gate::id))
                .toList();
        if (id != null) {
            Gate gate = gates.stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new CommandException("feature \"" + id + "\" not found"));
            out.printf(
                    "Feature: %s%nEnabled: %s%nStage: %s%nDescription: %s%n",
                    gate.id(), on(gate), stage(gate), gate.summary());
            return 0;
        }
        int width = gates.stream().mapToInt(gate -> gate.id().length()).max().orElse(0);
        String row = "%-" + width + "s  %-7s  %-6s  %s%n";
        out.printf(row, "ID", "Enabled", "Stage", "Description");
        gates.forEach(gate -> out.printf(row, gate.id(), on(gate), stage(gate), gate.summary()));
        return 0;
    }

    private static boolean on(Gate gate) {
        return FeatureGates.DEFAULT.on(gate);
    }

    private static String stage(Gate gate) {
        String name = gate.stage().name();
        return name.charAt(0) + name.substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
