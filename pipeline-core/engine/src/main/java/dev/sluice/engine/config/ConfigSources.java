package dev.sluice.engine.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a configuration comes from.
 *
 * @param locations values of {@code --config}: paths and URIs; later ones lie over earlier ones
 * @param sets values of {@code --set}: {@code processors.batch.timeout=2s}; they lie over everything
 * @param providers by URI scheme
 */
public record ConfigSources(List<String> locations, List<String> sets, Map<String, ConfigProvider> providers) {
    /** Files and URIs, read with the standard providers and the given environment. */
    public static ConfigSources of(List<String> locations, List<String> sets, Map<String, String> environment) {
        return new ConfigSources(locations, sets, Providers.standard(environment));
    }

    /** One text in memory; the name stands in positions. Nothing of the environment is seen. */
    public static ConfigSources text(String name, String text) {
        return texts(Map.of(name, text), List.of(name));
    }

    /** Texts in memory by name, as if they were files. */
    public static ConfigSources texts(Map<String, String> texts, List<String> order) {
        Map<String, ConfigProvider> providers = new HashMap<>(Providers.standard(Map.of()));
        providers.put("file", path -> {
            String text = texts.get(path);
            if (text == null) {
                throw new ConfigProvider.ProviderException("no text named " + path);
            }
            return text;
        });
        return new ConfigSources(order, List.of(), providers);
    }
}
