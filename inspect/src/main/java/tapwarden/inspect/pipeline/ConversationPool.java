package tapwarden.inspect.pipeline;

import org.jspecify.annotations.Nullable;

/** The conversations in datagrams that one worker follows, by number; bounded. */
final class ConversationPool {
  private final @Nullable Conversation[] conversations;
  private final int[] free;
  private int freeCount;
  private int used;

  ConversationPool(int capacity) {
    conversations = new Conversation[capacity];
    free = new int[capacity];
  }

  /** One that is not in use; null if there is none. */
  @Nullable Conversation open() {
    if (freeCount > 0) {
      return conversations[free[--freeCount]];
    }
    if (used == conversations.length) {
      return null;
    }
    Conversation conversation = new Conversation(used);
    conversations[used++] = conversation;
    return conversation;
  }

  @Nullable Conversation at(int slot) {
    return conversations[slot];
  }

  /** Gives one back that was reset. */
  void close(Conversation conversation) {
    free[freeCount++] = conversation.slot;
  }
}
