package dev.sluice.slo.rules;

import dev.sluice.promql.eval.EvalException;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.slo.file.RuleFileReader;
import dev.sluice.slo.file.RulePaths;
import dev.sluice.slo.series.RuleSelectors;
import dev.sluice.slo.spec.SloFile;
import dev.sluice.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads all rules that a configuration names. Blocks where there are files. */
final class RuleSources {
    /** What inline groups have in place of a file. */
    private static final String INLINE = "config";

    private final SloConfig config;
    private final List<GroupSpec> groups = new ArrayList<>();
    private final List<Trouble> troubles = new ArrayList<>();

    /** What is wrong with a key of the configuration. */
    record Trouble(String key, String message) {}

    /** Rules and what they read. */
    record Loaded(List<GroupSpec> groups, RuleSelectors selectors) {}

    private RuleSources(SloConfig config) {
        this.config = config;
    }

    static List<Trouble> check(SloConfig config) {
        RuleSources sources = new RuleSources(config);
        sources.read();
        if (sources.troubles.isEmpty()) {
            sources.selectors();
        }
        return sources.troubles;
    }

    /** Throws {@link IllegalArgumentException} where a file is no longer as it was when the configuration was checked. */
    static Loaded load(SloConfig config) {
        RuleSources sources = new RuleSources(config);
        sources.read();
        RuleSelectors selectors = sources.troubles.isEmpty() ? sources.selectors() : null;
        if (selectors == null) {
            throw new IllegalArgumentException(sources.troubles.getFirst().message());
        }
        return new Loaded(List.copyOf(sources.groups), selectors);
    }

    private void read() {
        QueryOptions options = QueryOptions.DEFAULT
                .withStartTimestamps(config.series().startTimestampZero())
                .withSubqueryStep(interval());
        for (int i = 0; i < config.ruleFiles().size(); i++) {
            files("rule_files::" + i, config.ruleFiles().get(i), (file, text) -> {
                RuleFileReader.Result result = RuleFileReader.read(file, text, interval(), options);
                return new Parsed(result.file().specs(), result.problems());
            });
        }
        for (int i = 0; i < config.sloFiles().size(); i++) {
            files("slo_files::" + i, config.sloFiles().get(i), (file, text) -> {
                SloFile result = SloFile.read(file, text, interval(), options);
                return new Parsed(result.groups(), result.problems());
            });
        }
        if (!config.groups().isEmpty()) {
            RuleFileReader.Result result =
                    RuleFileReader.read(INLINE, InlineGroups.tree(config.groups()), interval(), options);
            add(new Parsed(result.file().specs(), result.problems()), "");
        }
    }

    /** What one source says, and what is wrong with it. */
    private record Parsed(List<GroupSpec> groups, List<Problem> problems) {}

    /** Reads the text of a file of some format. */
    private interface Format {
        Parsed parse(String file, String text);
    }

    private long interval() {
        return Math.max(1, config.evaluation().interval().toMillis());
    }

    private void files(String key, String pattern, Format format) {
        try {
            List<Path> found = RulePaths.matching(Path.of(""), pattern);
            if (found.isEmpty()) {
                troubles.add(new Trouble(key, "no file matches " + pattern));
            }
            for (Path file : found) {
                add(format.parse(file.toString(), Files.readString(file)), key);
            }
        } catch (IOException e) {
            troubles.add(new Trouble(key, pattern + ": " + RulePaths.reason(e)));
        }
    }

    /** @param key of the file; empty for inline groups, whose places are keys */
    private void add(Parsed result, String key) {
        for (Problem problem : result.problems()) {
            troubles.add(
                    key.isEmpty()
                            ? new Trouble(problem.mark().source().name(), problem.message())
                            : new Trouble(key, problem.toString()));
        }
        result.groups().stream().map(this::bounded).forEach(groups::add);
    }

    private GroupSpec bounded(GroupSpec spec) {
        int limit = spec.limit() > 0 ? spec.limit() : config.series().limits().maxGroupsPerRule();
        return new GroupSpec(
                spec.file(), spec.name(), spec.interval(), limit, spec.queryOffset(), spec.options(), spec.rules());
    }

    private @org.jspecify.annotations.Nullable RuleSelectors selectors() {
        long longest = groups.stream()
                .map(GroupSpec::interval)
                .max(Comparator.naturalOrder())
                .orElse(interval());
        try {
            return RuleSelectors.of(
                    groups, longest + config.evaluation().allowedLateness().toMillis());
        } catch (ParseException | EvalException e) {
            troubles.add(new Trouble("groups", String.valueOf(e.getMessage())));
            return null;
        }
    }
}
