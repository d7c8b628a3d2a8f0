package dev.sluice.otlp.view;

/** The resource that items belong to. */
public final class ResourceView extends HeadView {
    public ResourceView() {
        super(1);
    }

    /** The number of EntityRefs and where they lie is left to those who need it: their run of fields, or an empty one. */
    public int entityRefsStart() {
        return head().firstField(3);
    }

    /** The first position behind the last EntityRef. */
    public int entityRefsEnd() {
        return head().lastFieldEnd(3);
    }
}
