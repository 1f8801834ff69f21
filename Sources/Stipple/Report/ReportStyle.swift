// The report's style sheet and script, inline and known to its security policy by their digests. Without the script, and on
// paper, all pictures stand below each other; on a screen it turns the first of them into a slider.

/// Style of a report's page.
///
/// - Parameter notice: printed at the foot of every sheet of paper.
func reportStyle(notice: String) -> String {
  let quoted = notice.flatMap { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }
  return sharedStyle + screenStyle + printStyle
    + "@page { margin: 14mm 14mm 18mm; @bottom-center { content: \"\(String(quoted))\"; font: 9pt sans-serif; } }\n"
}

private let sharedStyle = """
  :root { --ink: #1f2328; --soft: #4d545d; --line: #c9ced5; --deep: #1c4276; --pale: #eef2f7; --warn: #8a3b12; --cut: 50%; }
  * { box-sizing: border-box; }
  html { font: 17px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; color: var(--ink); background: #fff; color-scheme: light; }
  body { margin: 0; }
  main, header, footer { max-width: 56rem; margin: 0 auto; padding: 0 1.25rem; }
  header { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.25rem; padding-top: .75rem; padding-bottom: .5rem; }
  header img { display: block; max-height: 3.5rem; max-width: 12rem; width: auto; height: auto; }
  header div { flex: 1 1 16rem; }
  h1 { font-size: 1.35rem; line-height: 1.25; margin: 0; }
  h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.5rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--line); }
  h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
  p { margin: .5rem 0; }
  .clinic { margin: 0; color: var(--soft); }
  .notice { margin: 0; font-weight: 600; color: var(--warn); }
  .spoken { position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; border: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  figure { margin: 0; }
  img { display: block; width: 100%; height: auto; }
  figcaption { font-size: .9rem; color: var(--soft); padding: .25rem 0; }
  .stage { display: grid; grid-template-columns: repeat(6, 1fr); gap: .75rem; }
  .stage figure { grid-column: span 2; }
  .stage #before, .stage #y0 { grid-column: span 3; }
  .controls, .bar, .chip, .caption { display: none; }
  .row { display: grid; gap: .75rem; grid-template-columns: repeat(2, 1fr); }
  .row.of3 { grid-template-columns: repeat(3, 1fr); }
  .wide { overflow-x: auto; margin: .75rem 0; }
  table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
  th, td { text-align: right; padding: .45rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
  th:first-child { text-align: left; }
  thead th { font-size: .85rem; color: var(--soft); vertical-align: bottom; }
  tbody th { font-weight: 400; }
  .sum th, .sum td { font-weight: 700; }
  dl { display: grid; grid-template-columns: fit-content(38%) 1fr; gap: .35rem 1rem; margin: .75rem 0; }
  dt { font-weight: 600; }
  dd { margin: 0; }
  ul, ol { padding-left: 1.25rem; }
  li { margin: .35rem 0; }
  .duty { border-left: 4px solid var(--warn); padding: .25rem .75rem; background: #fdf3ec; }
  .findings { list-style: none; padding: 0; }
  .findings li { padding: .35rem .75rem; border-left: 4px solid var(--line); }
  .findings .error { border-color: #b3261e; }
  .findings .warning { border-color: #b26a00; }
  .sign { display: flex; flex-wrap: wrap; gap: 1rem 3rem; margin-top: 3rem; }
  .sign span { flex: 1 1 14rem; border-top: 1px solid var(--ink); padding-top: .25rem; color: var(--soft); font-size: .9rem; }
  .plot { display: block; width: 100%; height: auto; font-size: 15px; }
  .plot text { fill: #3d434b; }
  .plot .grid { stroke: #dde1e6; stroke-width: 1; }
  .plot .band { fill: #466ea0; fill-opacity: .28; stroke: #466ea0; stroke-width: 1; }
  .plot .line { fill: none; stroke: #1c4276; stroke-width: 3; }
  .plot .limit { stroke: #60646a; stroke-width: 1.5; stroke-dasharray: 3 5; }
  .plot .visit { stroke: #ba3e30; stroke-width: 1.5; stroke-dasharray: 5 4; }
  footer { color: var(--soft); font-size: .9rem; padding-top: 1.5rem; padding-bottom: 2rem; }

  """

private let screenStyle = """
  @media screen {
    .js .stage { display: block; position: relative; width: min(100%, 66vh); min-width: min(100%, 20rem); margin: 0 auto; overflow: hidden; touch-action: pan-y; cursor: ew-resize; user-select: none; -webkit-user-select: none; background: #d9dce0; }
    .js .stage .after { position: absolute; inset: 0; visibility: hidden; clip-path: inset(0 0 0 calc(100% - var(--cut))); }
    .js .stage .after.on { visibility: visible; }
    .js .stage figcaption { display: none; }
    .js .stage img { pointer-events: none; }
    .js .bar { display: block; position: absolute; top: 0; bottom: 0; left: calc(100% - var(--cut)); width: 4px; margin-left: -2px; background: #fff; box-shadow: 0 0 3px #0009; pointer-events: none; }
    .js .bar span { position: absolute; left: -20px; top: 50%; width: 44px; height: 44px; margin-top: -22px; border-radius: 50%; background: #fff; border: 3px solid var(--deep); }
    .js .bar span::before, .js .bar span::after { content: ""; position: absolute; top: 12px; border: 7px solid transparent; }
    .js .bar span::before { left: 0; border-right-color: var(--deep); }
    .js .bar span::after { right: 0; border-left-color: var(--deep); }
    .js .chip { display: block; position: absolute; top: .6rem; margin: 0; padding: .1rem .7rem; border-radius: 1rem; background: #0c0e11cc; color: #fff; font-weight: 600; pointer-events: none; }
    .js .chip.left { left: .6rem; }
    .js .chip.right { right: .6rem; }
    .js .controls { display: block; }
    .js .caption { display: block; min-height: 3em; margin: .5rem 0 0; }
    .slide label { font-weight: 600; }
    .slide { padding-top: .25rem; width: min(100%, 66vh); min-width: min(100%, 20rem); margin: 0 auto; }
    .js .drafts { display: block; position: relative; width: min(100%, 66vh); min-width: min(100%, 20rem); margin: 0 auto; }
    .js .drafts figure + figure { position: absolute; inset: 0; }
    .js .drafts figure { visibility: hidden; }
    .js .drafts figure.on { visibility: visible; }
    .hint { margin: 0; font-size: .85rem; color: var(--soft); }
    input[type=range] { display: block; width: 100%; height: 44px; margin: 0; accent-color: var(--deep); cursor: pointer; appearance: none; -webkit-appearance: none; background: none; }
    input::-webkit-slider-runnable-track { height: 10px; border-radius: 5px; background: var(--line); }
    #cut::-webkit-slider-runnable-track { background: linear-gradient(to left, var(--deep) var(--cut), var(--line) var(--cut)); }
    input::-moz-range-track { height: 10px; border-radius: 5px; background: var(--line); }
    #cut::-moz-range-track { background: linear-gradient(to left, var(--deep) var(--cut), var(--line) var(--cut)); }
    input::-webkit-slider-thumb { appearance: none; -webkit-appearance: none; width: 34px; height: 34px; margin-top: -12px; border-radius: 50%; background: #fff; border: 3px solid var(--deep); }
    input::-moz-range-thumb { width: 28px; height: 28px; border-radius: 50%; background: #fff; border: 3px solid var(--deep); }
    fieldset { border: 0; margin: .6rem 0 0; padding: 0; min-width: 0; display: flex; flex-wrap: wrap; gap: .4rem; }
    legend { padding: 0 0 .2rem; font-weight: 600; }
    .choice { position: relative; flex: 1 1 5.5rem; }
    .choice input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
    .choice span { display: flex; align-items: center; justify-content: center; min-height: 46px; padding: .25rem .6rem; border: 2px solid var(--line); border-radius: .5rem; text-align: center; line-height: 1.2; }
    .choice input:checked + span { background: var(--deep); border-color: var(--deep); color: #fff; font-weight: 600; }
    .choice input:focus-visible + span, input[type=range]:focus-visible, .wide:focus-visible { outline: 3px solid #d07a00; outline-offset: 2px; }
    fieldset:disabled { opacity: .55; }
    fieldset:disabled input { cursor: default; }
    @media (prefers-reduced-motion: no-preference) { .choice span { transition: background-color .15s; } }
    @media (max-width: 34rem) {
      html { font-size: 16px; }
      .stage, .row.of3 { display: block; }
      header div { flex-basis: 100%; }
      table { font-size: .8rem; }
      th, td { padding: .4rem .3rem; }
      td { white-space: nowrap; }
    }
  }

  """

private let printStyle = """
  @media print {
    html { font-size: 10.5pt; }
    main, header, footer { max-width: none; padding-left: 0; padding-right: 0; }
    h2, h3, #harsh > p, #close-up > p, #variants > p { break-after: avoid; }
    h2 { margin-top: 1.5rem; }
    figure, tr, li, dd, .plot, .keep, .duty, .sign { break-inside: avoid; }
    .row { break-inside: avoid; }
    .row:not(.of3) { max-width: 130mm; }
    .wide { overflow: visible; }
    img, .plot, .choice span, .duty { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  }

  """

/// The script of a report's page: the slider's place, the state that is shown, and what is said of it.
let reportScript = """
  "use strict";
  (function () {
    var root = document.documentElement, stage = document.getElementById("stage"), cut = document.getElementById("cut");
    var caption = document.getElementById("caption"), paces = document.getElementById("paces");
    var spoken = cut.getAttribute("aria-valuetext").replace("50", "{n}");
    root.className += " js";
    function move() {
      root.style.setProperty("--cut", cut.value + "%");
      cut.setAttribute("aria-valuetext", spoken.replace("{n}", cut.value));
    }
    function chosen(name) { return document.querySelector("input[name=" + name + "]:checked").value; }
    function show() {
      var years = chosen("years"), id = years === "0" ? "y0" : "y" + years + "-" + chosen("pace");
      var all = stage.querySelectorAll(".after"), i;
      paces.disabled = years === "0";
      for (i = 0; i < all.length; i += 1) { all[i].classList.toggle("on", all[i].id === id); }
      caption.textContent = document.querySelector("#" + id + " figcaption").textContent;
    }
    function drag(event) {
      var box = stage.getBoundingClientRect();
      cut.value = Math.round(100 - 100 * Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)));
      move();
    }
    stage.addEventListener("pointerdown", function (event) {
      if (event.button !== 0) { return; }
      stage.setPointerCapture(event.pointerId);
      drag(event);
    });
    stage.addEventListener("pointermove", function (event) {
      if (stage.hasPointerCapture(event.pointerId)) { drag(event); }
    });
    cut.addEventListener("input", move);
    document.getElementById("controls").addEventListener("change", show);
    var height = document.getElementById("height"), drafts = document.querySelectorAll("#heights-stage figure");
    function raise() {
      var i;
      for (i = 0; i < drafts.length; i += 1) { drafts[i].classList.toggle("on", String(i) === height.value); }
      height.setAttribute("aria-valuetext", drafts[height.value].querySelector("figcaption").textContent);
    }
    if (height) {
      height.addEventListener("input", raise);
      raise();
    }
    move();
    show();
  }());

  """
