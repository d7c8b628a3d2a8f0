package dev.sluice.engine.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Loads one-processor configurations with the test components. */
final class Loading {
    private Loading() {}

    /** The {@code kinds} processor with the given body lines, such as {@code text: a}. */
    static TestComponents.Kinds kinds(Map<String, String> environment, String... body) throws ConfigException {
        return (TestComponents.Kinds) load(environment, kindsText(body))
                .processors()
                .values()
                .iterator()
                .next()
                .config();
    }

    static String kindsText(String... body) {
        return """
                receivers: {nop: }
                exporters: {nop: }
                service: {pipelines: {traces: {receivers: [nop], exporters: [nop]}}}
                processors:
                  kinds:
                """ + (body.length == 0 ? "" : "    " + String.join("\n    ", body) + "\n");
    }

    static LoadedConfig load(Map<String, String> environment, String text) throws ConfigException {
        return load(environment, FeatureGates.DEFAULT, List.of(), text);
    }

    /** Texts as files {@code 0}, {@code 1} and so on. */
    static LoadedConfig load(Map<String, String> environment, FeatureGates gates, List<String> sets, String... texts)
            throws ConfigException {
        Map<String, String> files = new HashMap<>();
        for (int i = 0; i < texts.length; i++) {
            files.put(Integer.toString(i), texts[i]);
        }
        ConfigSources memory =
                ConfigSources.texts(files, files.keySet().stream().sorted().toList());
        Map<String, ConfigProvider> providers = new HashMap<>(Providers.standard(environment));
        providers.put("file", memory.providers().get("file"));
        return ConfigLoader.load(
                new ConfigSources(memory.locations(), sets, providers), TestComponents.FACTORIES, gates);
    }

    /** What is wrong, or an empty text. */
    static String errors(ThrowingLoad load) {
        try {
            load.load();
            return "";
        } catch (ConfigException e) {
            return e.problems().errors().stream()
                    .map(problem -> problem.message().replaceAll("(?s).*following error\\(s\\):\\n\\n", ""))
                    .reduce((a, b) -> a + "; " + b)
                    .orElseThrow();
        }
    }

    @FunctionalInterface
    interface ThrowingLoad {
        Object load() throws ConfigException;
    }
}
