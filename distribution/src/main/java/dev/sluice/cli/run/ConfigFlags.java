package dev.sluice.cli.run;

import dev.sluice.engine.config.ConfigException;
import dev.sluice.engine.config.ConfigLoader;
import dev.sluice.engine.config.ConfigProblems;
import dev.sluice.engine.config.ConfigSources;
import dev.sluice.engine.config.Factories;
import dev.sluice.engine.config.FeatureGates;
import dev.sluice.engine.config.LoadedConfig;
import dev.sluice.engine.graph.GraphPlan;
import java.util.List;
import java.util.Map;

/**
 * The flags that say which configuration is meant.
 *
 * @param configs values of {@code --config}, later ones over earlier ones
 * @param sets values of {@code --set}, over all of them
 * @param featureGates values of {@code --feature-gates}
 */
public record ConfigFlags(List<String> configs, List<String> sets, List<String> featureGates) {
    public ConfigFlags {
        configs = List.copyOf(configs);
        sets = List.copyOf(sets);
        featureGates = List.copyOf(featureGates);
    }

    /** Flags that are wrong by themselves, whatever the configuration. */
    public void check() throws CommandException {
        for (String set : sets) {
            if (!set.contains("=")) {
                throw new CommandException("invalid argument \"" + set + "\" for \"--set\" flag: missing equal sign");
            }
        }
        gates();
        if (configs.isEmpty()) {
            throw new CommandException("at least one config flag must be provided");
        }
    }

    public FeatureGates gates() throws CommandException {
        String all = String.join(",", featureGates);
        try {
            return FeatureGates.parse(all);
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    "invalid argument \"" + all + "\" for \"--feature-gates\" flag: " + e.getMessage(), e);
        }
    }

    /** Reads the sources anew and checks everything that can be checked without starting anything. Blocks. */
    public LoadedConfig load(Factories factories, Map<String, String> environment)
            throws CommandException, ConfigException {
        check();
        LoadedConfig config = ConfigLoader.load(ConfigSources.of(configs, sets, environment), factories, gates());
        ConfigProblems problems = new ConfigProblems(config.tree());
        GraphPlan.of(config, problems);
        if (problems.hasErrors()) {
            throw new ConfigException(problems);
        }
        return config;
    }
}
