package dev.sluice.otlp.text;

import dev.sluice.otlp.view.AttributesView;
import dev.sluice.otlp.view.FieldIndex;
import dev.sluice.otlp.view.Repeated;
import dev.sluice.otlp.view.ResourceView;
import dev.sluice.otlp.view.ScopeView;
import java.nio.charset.StandardCharsets;

/** The parts of the detailed form that all signals share. */
final class Lines {
    private final StringBuilder text = new StringBuilder();

    void line(String line) {
        text.append(line).append('\n');
    }

    /** A field of a span: the name in a column of 15 characters. */
    void column(String name, String value) {
        text.append("    ").append(name);
        text.repeat(' ', Math.max(0, 15 - name.length()));
        text.append(": ").append(value).append('\n');
    }

    void attributes(String header, AttributesView attributes) {
        attributes(header, "     ->", attributes);
    }

    void attributes(String header, String prefix, AttributesView attributes) {
        boolean any = false;
        while (attributes.next()) {
            if (!any) {
                text.append(header).append(":\n");
                any = true;
            }
            text.append(prefix).append(' ').append(attributes.key()).append(": ");
            text.append(Names.value(attributes.value())).append('\n');
        }
    }

    /** Attributes of what is itself in a list: they stand further in. */
    void nestedAttributes(String header, AttributesView attributes) {
        attributes("     -> " + header, "          ->", attributes);
    }

    void resource(String kind, int number, ResourceView resource) {
        line(kind + " #" + number);
        line("Resource SchemaURL: " + resource.schemaUrl());
        attributes("Resource attributes", resource.attributes());
        Repeated references = new Repeated();
        references.reset(resource.array(), resource.entityRefsStart(), resource.entityRefsEnd(), 3);
        FieldIndex reference = new FieldIndex();
        for (int i = 0; references.next(); i++) {
            if (i == 0) {
                line("Resource entity refs:");
            }
            reference.read(references.array(), references.start(), references.end());
            line("     -> Entity ref #" + i + ":");
            line("          -> Type: " + reference.string(2));
            if (!reference.string(1).isEmpty()) {
                line("          -> Schema URL: " + reference.string(1));
            }
            keys("ID keys", reference, 3);
            keys("Description keys", reference, 4);
        }
    }

    void scope(String kind, int number, ScopeView scope) {
        line(kind + " #" + number);
        line(kind + " SchemaURL: " + scope.schemaUrl());
        line("InstrumentationScope " + scope.name() + " " + scope.version());
        attributes("InstrumentationScope attributes", scope.attributes());
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void keys(String header, FieldIndex reference, int field) {
        Repeated keys = new Repeated();
        keys.reset(reference, field);
        boolean any = false;
        while (keys.next()) {
            if (!any) {
                line("          -> " + header + ":");
                any = true;
            }
            line("               -> "
                    + new String(keys.array(), keys.start(), keys.end() - keys.start(), StandardCharsets.UTF_8));
        }
    }
}
