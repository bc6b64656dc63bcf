(function(){
'use strict';
var H=document.documentElement;
var $=function(s,r){return (r||document).querySelector(s)},$$=function(s,r){return [].slice.call((r||document).querySelectorAll(s))};
var byId=function(i){return document.getElementById(i)};
function el(t,c,x){var n=document.createElement(t);if(c)n.className=c;if(x!=null)n.textContent=x;return n}
function keep(k,v){try{if(v===undefined)return localStorage.getItem('lagebild-'+k);localStorage.setItem('lagebild-'+k,v)}catch(e){return null}}
/* words of the page itself, in both languages, are cloned from a template */
var W={};$$('[data-k]',byId('words').content).forEach(function(n){W[n.dataset.k]=n});
function words(k,t,c){var n=el(t||'span',c);[].slice.call(W[k].childNodes).forEach(function(x){n.appendChild(x.cloneNode(true))});return n}
function other(u){return u.lang&&u.lang!==H.dataset.ui}

/* language of the labels, light and dark */
var cur=null;
function setLang(l){H.dataset.ui=l;$$('[data-at]').forEach(function(n){n.setAttribute(n.dataset.at,n.dataset[l])});keep('ui',l)}
byId('lang').onclick=function(){setLang(H.dataset.ui==='de'?'en':'de');find(byId('q').value)};
byId('theme').onclick=function(){var d=H.dataset.theme||(matchMedia('(prefers-color-scheme:dark)').matches?'dark':'light');H.dataset.theme=d==='dark'?'light':'dark';keep('theme',H.dataset.theme)};
if(keep('theme'))H.dataset.theme=keep('theme');

/* evidence: passages are cloned from the reader, cut into segments beforehand; nothing is counted here */
var ev=byId('ev'),box=byId('evb'),wide=matchMedia('(min-width:1120px)');
function cid(c){return c.getAttribute('href').slice(1)}
function has(s,id){return (' '+s.dataset.c+' ').indexOf(' '+id+' ')>=0}
function mark(chip){$$('.cite[aria-current]').forEach(function(x){x.removeAttribute('aria-current')});if(chip)chip.setAttribute('aria-current','true')}
function tabs(chip,item){
  var sib=item?$$('.cite',chip.closest('.side')||item).filter(function(c){return c.offsetParent!==null}):[];
  if(sib.length<2)return;
  var t=el('div','evtabs');
  sib.forEach(function(c){var b=el('button','evtab'+(c.classList.contains('cp')?' cp':''),c.firstChild.nodeValue);b.type='button';b.title=c.title;if(c===chip)b.setAttribute('aria-current','true');b.onclick=function(){show(cid(c),c)};t.appendChild(b)});
  box.appendChild(t);
}
function clone(n,id,dim){var k=n.cloneNode(true);if(dim)k.classList.add('ctx');$$('[data-c]',k).forEach(function(s){if(has(s,id))s.classList.add('hit');s.removeAttribute('data-c')});['id','role','aria-level'].forEach(function(a){k.removeAttribute(a)});return k}
function passage(segs,id){
  var wrap=el('div','evp'),ps=[];
  wrap.dir='auto';var lang=segs[0].closest('[lang]');if(lang)wrap.lang=lang.lang;
  segs.forEach(function(s){var p=s.closest('.rp,.rp-b p');if(p&&ps.indexOf(p)<0)ps.push(p)});
  var before=ps[0].previousElementSibling,after=ps[ps.length-1].nextElementSibling;
  if(before&&before.matches('.rp:not(.rp-b)'))wrap.appendChild(clone(before,id,true));
  ps.forEach(function(p){wrap.appendChild(clone(p,id))});
  if(after&&after.matches('.rp:not(.rp-b)'))wrap.appendChild(clone(after,id,true));
  return wrap;
}
function show(id,chip,quiet){
  var li=byId(id);if(!li||!li.dataset.l)return;
  var src=li.dataset.d?byId(li.dataset.d):null,segs=src?$$('[data-c~="'+id+'"]',src):[],item=chip&&chip.closest('.item');
  mark(chip);box.textContent='';if(chip)tabs(chip,item);
  var h=el('div','evsrc');
  if(src){h.appendChild(el('b',null,src.dataset.outlet));['.srk','.stt','.sdw'].forEach(function(s){var n=$(s,src);if(n){var k=n.cloneNode(true);k.className='';h.appendChild(k)}})}
  box.appendChild(h);
  if(segs.length)box.appendChild(passage(segs,id));
  else{var q=el('div','evp');q.appendChild($('.bq',li).cloneNode(true));box.appendChild(q);if(!src)box.appendChild(words('not_shown','p','evn'))}
  var why=item&&($('.why',item)||$('.whyv',item));
  if(why&&why.textContent.trim()){var w=el('p','evwhy');w.appendChild(words('why','b'));w.appendChild(document.createTextNode(' '));[].slice.call(why.childNodes).forEach(function(n){w.appendChild(n.cloneNode(true))});box.appendChild(w)}
  var dl=el('dl','evd');
  function row(k,n){dl.appendChild(words(k,'dt'));var d=el('dd');d.appendChild(n);dl.appendChild(d)}
  row('place',$('.rg',li).cloneNode(true));
  if(src){row('file',document.createTextNode(src.dataset.file));dl.appendChild(el('dt',null,'SHA-256'));dl.appendChild(el('dd','hash',src.dataset.sha.slice(0,8)+' '+src.dataset.sha.slice(8,16)+' …'))}
  box.appendChild(dl);
  if(segs.length){var a=words('whole','a','evgo');a.href='#'+src.id;a.onclick=function(e){e.preventDefault();src.open=true;$$('.hit2').forEach(function(x){x.classList.remove('hit2')});segs.forEach(function(s){s.classList.add('hit2')});segs[0].scrollIntoView({block:'center'});if(!wide.matches)close()};box.appendChild(a)}
  cur={id:id,chip:chip};if(!quiet){ev.classList.add('on');$('.ev-in').scrollTop=0;place()}
}
function close(){ev.classList.remove('on','float');mark(null)}
function place(){if(!wide.matches)return;ev.classList.remove('float');var h=$$('.hit',box),r=h.length&&h[h.length-1].getBoundingClientRect();if(r&&r.bottom>innerHeight-24&&ev.getBoundingClientRect().top>60)ev.classList.add('float')}
addEventListener('scroll',function(){if(ev.classList.contains('float')){var c=$('.cols').getBoundingClientRect();if(c.top<70)ev.classList.remove('float')}},{passive:true});
$('.evx').onclick=close;
function openAt(hash){var t=hash.length>1&&byId(hash.slice(1));for(var n=t;n;n=n.parentElement)if(n.tagName==='DETAILS')n.open=true;return t}
document.addEventListener('click',function(e){
  var c=e.target.closest&&e.target.closest('.cite');if(c){e.preventDefault();show(cid(c),c);return}
  var a=e.target.closest&&e.target.closest('a[href^="#"]');if(a)openAt(a.getAttribute('href'))});

/* keyboard */
var items=[],at=-1;
function list(){items=$$('.item').filter(function(n){return n.getClientRects().length})}
function go(n){list();at=Math.max(0,Math.min(items.length-1,n));$$('.item.at').forEach(function(x){x.classList.remove('at')});var x=items[at];if(!x)return;x.classList.add('at');x.focus({preventScroll:true});x.scrollIntoView({block:'nearest'});var r=x.getBoundingClientRect();if(r.top<90)scrollBy(0,r.top-90)}
document.addEventListener('focusin',function(e){var i=e.target.closest&&e.target.closest('.item');if(i){list();at=items.indexOf(i)}});
document.addEventListener('keydown',function(e){
  if(e.ctrlKey||e.metaKey||e.altKey)return;var t=e.target;
  if(t.id==='q'){if(e.key==='Escape'){t.value='';find('');t.blur()}if(e.key==='Enter'){e.preventDefault();jump(e.shiftKey?-1:1)}return}
  if(t.tagName==='INPUT'||byId('dlg').open)return;
  if(e.key==='j'){go(at+1);e.preventDefault()}
  else if(e.key==='k'){go(at-1);e.preventDefault()}
  else if(e.key==='o'){var it=items[at];if(!it)return;if(it.tagName==='DETAILS'){it.open=!it.open;return}var cs=$$('.cite',it).filter(function(c){return c.getClientRects().length});if(!cs.length)return;var k=cur?cs.indexOf(cur.chip):-1,c=cs[(k+1)%cs.length];show(cid(c),c)}
  else if(e.key==='/'){e.preventDefault();byId('q').focus()}
  else if(e.key==='?'){byId('dlg').showModal()}
  else if(e.key==='Escape')close();
});
byId('help').onclick=function(){byId('dlg').showModal()};

/* search: marks all hits and counts them */
var hits=[],hi=-1,MOST=2000;
function find(s){hits=[];hi=-1;var out=byId('qn');out.textContent='';if(window.CSS&&CSS.highlights)CSS.highlights.clear();s=s.trim().toLowerCase();if(s.length<2)return;
  var w=document.createTreeWalker($('main'),NodeFilter.SHOW_TEXT),n;
  while((n=w.nextNode())&&hits.length<MOST){var p=n.parentElement;if(p.closest('[hidden]'))continue;var u=p.closest('.u');if(u&&other(u))continue;var v=n.nodeValue.toLowerCase().replace(/\u00a0/g,' ');if(v.length!==n.nodeValue.length)continue;var i=-1;while((i=v.indexOf(s,i+1))>=0){var r=document.createRange();r.setStart(n,i);r.setEnd(n,i+s.length);hits.push(r)}}
  if(window.Highlight&&hits.length){var h=new Highlight();hits.forEach(function(r){h.add(r)});CSS.highlights.set('lb',h)}
  if(hits.length)out.textContent='0/'+hits.length;else{out.appendChild(words('none'))}}
function jump(d){if(!hits.length)return;hi=(hi+d+hits.length)%hits.length;var n=hits[hi].startContainer.parentElement;for(var p=n;p;p=p.parentElement)if(p.tagName==='DETAILS')p.open=true;n.scrollIntoView({block:'center'});if(window.Highlight)CSS.highlights.set('lbc',new Highlight(hits[hi]));byId('qn').textContent=(hi+1)+'/'+hits.length}
var wait;byId('q').addEventListener('input',function(){var v=this.value;clearTimeout(wait);wait=setTimeout(function(){find(v)},120)});

/* timeline: one of several windows, each drawn beforehand */
$$('[data-z]').forEach(function(b){b.onclick=function(){var s=b.closest('.sec');$$('[data-z]',s).forEach(function(o){o.setAttribute('aria-pressed',o===b)});$$('.tlw',s).forEach(function(w){w.classList.toggle('on',w.id===b.dataset.z)})}});

setLang(keep('ui')||(location.hash==='#en'?'en':location.hash==='#de'?'de':H.dataset.ui));
if(!wide.matches)$$('.lint').forEach(function(d){d.open=true});
byId('belege').open=false;
if(wide.matches){var first=$('main .cite');if(first)show(cid(first),first,true)}
var was=[];
addEventListener('beforeprint',function(){was=$$('details').map(function(d){return[d,d.open]});$$('.src,.fold,.drop').forEach(function(d){d.open=true});var b=byId('belege');b.open=true;$$('.lint').forEach(function(d){d.open=false})});
addEventListener('afterprint',function(){was.forEach(function(p){p[0].open=p[1]})});
addEventListener('hashchange',function(){openAt(location.hash)});
openAt(location.hash);
})();
