package tapwarden.inspect.pipeline;

import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.count.Counters;
import tapwarden.inspect.detect.DetectorContext;
import tapwarden.inspect.equipment.HashKey;
import tapwarden.inspect.equipment.IdentityView;
import tapwarden.inspect.equipment.Ownership;
import tapwarden.inspect.equipment.TraitWatch;
import tapwarden.inspect.flow.FlowEndListener;
import tapwarden.inspect.flow.FlowTable;
import tapwarden.inspect.names.ListedLookups;
import tapwarden.inspect.names.NameCache;
import tapwarden.inspect.names.QuerySenders;

/** What one worker is made of; nothing of it is shared with another worker but the options. */
final class WorkerParts {
  private final InspectionOptions options;
  private final SourceNames sources;
  private final HashKey key;
  private final CounterBlock counters;
  private final WorkerOutput output;
  private final Ownership ownership;
  private final ClientNames names;
  private final QuerySenders querySenders;
  private final ListedLookups listedLookups;

  WorkerParts(
      InspectionOptions options, SourceNames sources, HashKey key, Counters all, DeskBell bell) {
    this.options = options;
    this.sources = sources;
    this.key = key;
    counters = all.newBlock();
    output = new WorkerOutput(counters, bell);
    ownership =
        new Ownership(
            options.directory(), options.networks(), new IdentityView(options.identity()));
    int share = NameCache.DEFAULT_CAPACITY / options.ring().workers();
    names = new ClientNames(options.directory(), new NameCache(share, key.second(), counters));
    querySenders =
        new QuerySenders(
            QuerySenders.DEFAULT_CAPACITY / options.ring().workers(), key.second(), counters);
    listedLookups =
        new ListedLookups(
            ListedLookups.DEFAULT_CAPACITY / options.ring().workers(), key.second(), counters);
  }

  InspectionOptions options() {
    return options;
  }

  SourceNames sources() {
    return sources;
  }

  CounterBlock counters() {
    return counters;
  }

  WorkerOutput output() {
    return output;
  }

  Ownership ownership() {
    return ownership;
  }

  HashKey key() {
    return key;
  }

  FlowTable flowTable(FlowEndListener listener) {
    int share = Math.max(1, options.flow().capacity() / options.ring().workers());
    return new FlowTable(options.flow(), share, key.first() ^ key.second(), counters, listener);
  }

  Fragments fragments(Fragments.Out out) {
    return new Fragments(options.fragments(), key.second(), counters, out);
  }

  SubjectHistory history() {
    return new SubjectHistory(options, sources, counters);
  }

  DnsInspection dns(ContactJudge judge, ContactWatch.Out out, EveLines lines) {
    return new DnsInspection(
        options, ownership, judge, out, lines, names, querySenders, listedLookups, counters);
  }

  TraitWatch traits() {
    return new TraitWatch(ownership, options.networks(), key, counters);
  }

  ProtocolInspection protocols(FlowTable flows, DnsInspection dns, ProtocolReport report) {
    return new ProtocolInspection(
        options.stream(), options.ring().workers(), counters, flows, dns, report);
  }

  ContactMemory contactMemory() {
    return new ContactMemory(key.first(), key.second(), counters);
  }

  ContactJudge judge() {
    return new ContactJudge(new DetectorContext(options.indicators(), options.policies()), names);
  }
}
