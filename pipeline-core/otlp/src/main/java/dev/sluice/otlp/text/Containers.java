package dev.sluice.otlp.text;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.view.Repeated;
import dev.sluice.otlp.view.ResourceView;
import dev.sluice.otlp.view.ScopeView;

/** Walks resources, scopes and items with their ordinals, also those that hold nothing. */
final class Containers {
    /** What to print of each. */
    interface Printer {
        void resource(int number, ResourceView resource);

        void scope(int number, ScopeView scope);

        void item(int number, byte[] array, int start, int end);
    }

    private static final int RESOURCES = 1;
    private static final int SCOPES = 2;
    private static final int ITEMS = 2;

    private Containers() {}

    static void walk(Bytes request, Printer printer) {
        ResourceView resource = new ResourceView();
        Repeated resources = new Repeated();
        int number = 0;
        for (int i = 0; i < request.sliceCount(); i++) {
            int start = request.sliceOffset(i);
            resources.reset(request.sliceArray(i), start, start + request.sliceLength(i), RESOURCES);
            while (resources.next()) {
                resource.reset(resources.array(), resources.start(), resources.end());
                printer.resource(number++, resource);
                scopes(resources, printer);
            }
        }
    }

    private static void scopes(Repeated resource, Printer printer) {
        ScopeView scope = new ScopeView();
        Repeated scopes = new Repeated();
        Repeated items = new Repeated();
        scopes.reset(resource.array(), resource.start(), resource.end(), SCOPES);
        for (int number = 0; scopes.next(); number++) {
            scope.reset(scopes.array(), scopes.start(), scopes.end());
            printer.scope(number, scope);
            items.reset(scopes.array(), scopes.start(), scopes.end(), ITEMS);
            for (int item = 0; items.next(); item++) {
                printer.item(item, items.array(), items.start(), items.end());
            }
        }
    }
}
