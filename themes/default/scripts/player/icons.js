// The controls' pictures: paths on a ground of 24 by 24.

const PATHS = {
  play: "M7 4.5v15l13-7.5z",
  pause: "M6 4.5h4.5v15H6zM13.5 4.5H18v15h-4.5z",
  back: "M12 4V.8L6.5 5.5 12 10V6.7a6.3 6.3 0 1 1-6.3 6.3H3a9 9 0 1 0 9-9z",
  forward: "M12 4V.8l5.5 4.700L12 10V6.700a6.3 6.3 0 1 0 6.3 6.300H21a9 9 0 1 1-9-9z",
  loud: "M3 9v6h4l6 5V4L7 9zM16 7.700v8.600a4.8 4.8 0 0 0 0-8.600zM16 3.300v2.200a7 7 0 0 1 0 13v2.200a9.2 9.2 0 0 0 0-17.400z",
  mute: "M3 9v6h4l6 5V4L7 9zM22 9.4 20.6 8 18.5 10.1 16.4 8 15 9.400l2.1 2.100L15 13.600l1.4 1.4 2.1-2.1 2.1 2.1 1.4-1.4-2.1-2.100z",
  settings: "M10 2h4l.6 3 1.7.9 2.8-1.1 2 3.4-2.2 2v1.700l2.2 2-2 3.4-2.8-1.1-1.7.9-.6 3h-4l-.6-3-1.7-.9-2.8 1.1-2-3.4 2.2-2v-1.700l-2.2-2 2-3.4 2.8 1.1 1.7-.9zM12 8.600a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.800z",
  captions: "M19 4H5a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2V6a2 2 0 0 0-2-2zm-8 7H9.5v-.5h-2v3h2V13H11v1a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1v-4a1 1 0 0 1 1-1h3a1 1 0 0 1 1 1zm7 0h-1.5v-.5h-2v3h2V13H18v1a1 1 0 0 1-1 1h-3a1 1 0 0 1-1-1v-4a1 1 0 0 1 1-1h3a1 1 0 0 1 1 1z",
  full: "M4 4h6v2.5H6.5V10H4zM14 4h6v6h-2.5V6.5H14zM4 14h2.5v3.5H10V20H4zM17.5 14H20v6h-6v-2.5h3.5z",
  small: "M7.5 4H10v6H4V7.5h3.5zM14 4h2.5v3.5H20V10h-6zM4 14h6v6H7.5v-3.5H4zM14 14h6v2.5h-3.5V20H14z",
  pip: "M3 4h18v7h-2.5V6.5h-13v11H10V20H3zM12 13h9v7h-9z",
  close: "M5.5 4 4 5.5 10.5 12 4 18.5 5.5 20 12 13.5 18.5 20 20 18.5 13.5 12 20 5.5 18.5 4 12 10.5z",
  move: "M12 1.5 8.5 5H11v6H5V8.5L1.5 12 5 15.5V13h6v6H8.5l3.5 3.5 3.5-3.5H13v-6h6v2.5l3.5-3.5L19 8.5V11h-6V5h2.5z",
  sign: "M8 2.5h2V10h1V1.5h2V10h1V3h2v8h1V6h2v9.5c0 4-2.5 7-6.5 7-3 0-4.5-1.5-6-4L3.5 13l1.7-1.300L8 14.5z",
  listen: "M12 3a9 9 0 0 0-9 9v7h5v-7H5.300a6.7 6.7 0 0 1 13.4 0H16v7h5v-7a9 9 0 0 0-9-9z",
};

const NS = "http://www.w3.org/2000/svg";

/** A picture for a control that has a name of its own. */
export function icon(name) {
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(NS, "path");
  path.setAttribute("fill-rule", "evenodd");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
