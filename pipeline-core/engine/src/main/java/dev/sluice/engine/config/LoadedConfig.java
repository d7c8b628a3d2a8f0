package dev.sluice.engine.config;

import dev.sluice.api.ComponentId;
import dev.sluice.yaml.ConfigNode;
import java.util.List;
import java.util.Map;

/**
 * A configuration that passed every check that needs no graph. Maps keep the order of writing; ids carry the new type names.
 *
 * @param tree merged and expanded, with the new type names too; positions of later problems are found by it
 * @param warnings what the user should know, ready to print
 */
public record LoadedConfig(
        Map<ComponentId, Configured> receivers,
        Map<ComponentId, Configured> processors,
        Map<ComponentId, Configured> exporters,
        Map<ComponentId, Configured> connectors,
        Map<ComponentId, Configured> extensions,
        ServiceConfig service,
        ConfigNode tree,
        List<String> warnings) {}
