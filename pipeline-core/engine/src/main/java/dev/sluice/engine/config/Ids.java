package dev.sluice.engine.config;

import dev.sluice.api.ComponentId;
import dev.sluice.engine.config.Factories.Kind;
import java.util.Map;

/** Old type names to new ones. */
final class Ids {
    private final Map<Kind, ComponentSection> sections;

    Ids(Map<Kind, ComponentSection> sections) {
        this.sections = sections;
    }

    /** The id with the new type name, unless it was configured with the old one beside the new. */
    ComponentId canonical(Kind kind, ComponentId id) {
        ComponentSection section = sections.get(kind);
        return section == null ? id : section.canonical(id);
    }

    /**
     * The id that a pipeline means at its beginning or end: a configured component of the kind, or a connector; as it is if there is neither.
     */
    ComponentId inPipeline(Kind kind, ComponentId id) {
        ComponentId own = canonical(kind, id);
        if (configured(kind, own) || kind == Kind.PROCESSOR) {
            return own;
        }
        ComponentId connector = canonical(Kind.CONNECTOR, id);
        return configured(Kind.CONNECTOR, connector) ? connector : own;
    }

    boolean configured(Kind kind, ComponentId id) {
        ComponentSection section = sections.get(kind);
        return section != null && section.ids().contains(id);
    }
}
