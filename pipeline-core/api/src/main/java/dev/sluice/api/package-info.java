/** What a component sees of Sluice, and all that it sees. */
@org.jspecify.annotations.NullMarked
package dev.sluice.api;
