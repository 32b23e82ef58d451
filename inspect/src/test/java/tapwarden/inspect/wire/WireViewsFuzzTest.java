package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.MemorySegment;

/**
 * Lays every view over the same bytes. The segment ends with them, so that a read beyond throws;
 * what a view accepts must be readable through every accessor (the text form calls them all) and
 * the header must not be longer than the bytes.
 */
class WireViewsFuzzTest {
  @FuzzTest
  void readsNothingBeyondTheEnd(byte[] data) {
    MemorySegment segment = MemorySegment.ofArray(data);
    long end = data.length;
    for (long offset = 0; offset <= Math.min(end, 8); offset++) {
      links(segment, offset, end);
      tunnels(segment, offset, end);
      lists(segment, offset, end);
    }
  }

  private static void links(MemorySegment segment, long offset, long end) {
    SllView sll = new SllView();
    check(sll.wrap(segment, offset, end), sll, SllView.LENGTH);
    Sll2View sll2 = new Sll2View();
    check(sll2.wrap(segment, offset, end), sll2, Sll2View.LENGTH);
    NullLoopView loop = new NullLoopView();
    check(loop.wrap(segment, offset, end), loop, NullLoopView.LENGTH);
    RadiotapView radiotap = new RadiotapView();
    boolean ok = radiotap.wrap(segment, offset, end);
    check(ok, radiotap, ok ? radiotap.headerLength() : 0);
    Dot11View dot11 = new Dot11View();
    ok = dot11.wrap(segment, offset, end);
    check(ok, dot11, ok ? dot11.headerLength() : 0);
    ok = dot11.wrap(segment, offset, end, true);
    check(ok, dot11, ok ? dot11.headerLength() : 0);
    Dot11View.looksSwapped(segment, offset, end);
    PppView ppp = new PppView();
    check(ppp.wrap(segment, offset, end), ppp, ppp.headerLength());
    CiscoHdlcView hdlc = new CiscoHdlcView();
    check(hdlc.wrap(segment, offset, end), hdlc, CiscoHdlcView.LENGTH);
    CiscoHdlcView.isCiscoHdlc(segment, offset, end);
    FrameRelayView frameRelay = new FrameRelayView();
    ok = frameRelay.wrap(segment, offset, end);
    check(ok, frameRelay, ok ? frameRelay.headerLength() : 0);
    VnTagView vnTag = new VnTagView();
    check(vnTag.wrap(segment, offset, end), vnTag, VnTagView.LENGTH);
    MacInMacView macInMac = new MacInMacView();
    check(macInMac.wrap(segment, offset, end), macInMac, MacInMacView.LENGTH);
  }

  private static void tunnels(MemorySegment segment, long offset, long end) {
    VxlanView vxlan = new VxlanView();
    check(vxlan.wrap(segment, offset, end), vxlan, VxlanView.LENGTH);
    VxlanGpeView gpe = new VxlanGpeView();
    check(gpe.wrap(segment, offset, end), gpe, VxlanGpeView.LENGTH);
    GtpuView gtpu = new GtpuView();
    check(gtpu.wrap(segment, offset, end), gtpu, gtpu.headerLength());
    for (int i = 0; i < gtpu.extensionCount() && gtpu.headerLength() <= end - offset; i++) {
      assertThat(gtpu.extensionOffset(i) + gtpu.extensionLength(i)).isLessThan(end);
    }
    ErspanView erspan = new ErspanView();
    check(erspan.wrap(segment, offset, end), erspan, erspan.type() == 0 ? 0 : erspanLength(erspan));
    check(erspan.wrapTypeOne(segment, offset, end), erspan, 0);
    TeredoView teredo = new TeredoView();
    check(teredo.wrap(segment, offset, end), teredo, teredo.headerLength());
    CapwapView capwap = new CapwapView();
    boolean ok = capwap.wrap(segment, offset, end);
    check(ok, capwap, ok ? capwap.headerLength() : 0);
    EspView esp = new EspView();
    check(esp.wrap(segment, offset, end), esp, EspView.LENGTH);
    AhView ah = new AhView();
    ok = ah.wrap(segment, offset, end);
    check(ok, ah, ok ? ah.headerLength() : 0);
  }

  private static void lists(MemorySegment segment, long offset, long end) {
    GeneveView geneve = new GeneveView();
    if (geneve.wrap(segment, offset, end)) {
      check(true, geneve, geneve.headerLength());
      walk(geneve.options(), end);
    }
    PppoeView pppoe = new PppoeView();
    if (pppoe.wrap(segment, offset, end)) {
      check(true, pppoe, PppoeView.LENGTH);
      walk(pppoe.tags(), end);
    }
    L2tpView l2tp = new L2tpView();
    L2tpView.version(segment, offset, end);
    if (l2tp.wrap(segment, offset, end)) {
      check(true, l2tp, l2tp.headerLength());
      walk(l2tp.attributes(), end);
    }
    TzspView tzsp = new TzspView();
    if (tzsp.wrap(segment, offset, end)) {
      check(true, tzsp, tzsp.headerLength());
      walk(tzsp.tags(), end);
    }
    NshView nsh = new NshView();
    if (nsh.wrap(segment, offset, end)) {
      check(true, nsh, nsh.headerLength());
      walk(nsh.metadata(), end);
    }
    LldpView lldp = new LldpView();
    if (lldp.wrap(segment, offset, end)) {
      indexed(lldp, end);
      walk(lldp.tlvs(), end);
    }
    CdpView cdp = new CdpView();
    if (cdp.wrap(segment, offset, end)) {
      indexed(cdp, end);
      walk(cdp.tlvs(), end);
    }
    NflogView nflog = new NflogView();
    if (nflog.wrap(segment, offset, end)) {
      indexed(nflog, end);
      walk(nflog.tlvs(), end);
    }
  }

  private static int erspanLength(ErspanView view) {
    return view.end() - view.offset() >= ErspanView.TYPE_III_LENGTH ? view.headerLength() : 0;
  }

  private static void check(boolean accepted, HeaderView view, int headerLength) {
    if (accepted) {
      assertThat(view.toString()).isNotEmpty();
      assertThat(headerLength).isBetween(0, (int) (view.end() - view.offset()));
    }
  }

  private static void indexed(TlvIndexView view, long end) {
    check(true, view, view.headerLength());
    byte[] copy = new byte[64];
    for (int type = -1; type <= 40; type++) {
      view.copyValue(type, copy);
      assertThat(view.valueOffset(type) + view.valueLength(type)).isLessThanOrEqualTo(end);
    }
  }

  private static void walk(TlvCursor cursor, long end) {
    int steps = 0;
    while (cursor.next()) {
      steps++;
      assertThat(cursor.valueOffset() + cursor.valueLength()).isLessThanOrEqualTo(end);
      assertThat(cursor.valueLength()).isNotNegative();
    }
    assertThat(steps).isLessThanOrEqualTo(TlvCursor.MAX_ELEMENTS);
    assertThat(cursor.position()).isLessThanOrEqualTo(end);
  }
}
