/** What a detector is: facts about a contact in, findings out. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.detect;
